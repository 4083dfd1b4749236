using System.ComponentModel.DataAnnotations;

namespace Frat.AspNetCore;

/// <summary>How many photos one address may send that are no check-ins.</summary>
public sealed class FratUploadOptions
{
    /// <summary>
    /// How many photos one address may have assessed or registered per minute, on average; as many at once. 1 to 100 000; default 120. A
    /// registration page that assesses each photo sends four for a person, in half a minute.
    /// </summary>
    [Range(1, 100_000)]
    public int PhotosPerMinute { get; set; } = 120;

    /// <summary>
    /// How many registrations of one address may be refused per minute for a face that is registered already, before all of that address
    /// are refused for a while: who tries the faces of others learns little. 1 to 100 000; default 10.
    /// </summary>
    [Range(1, 100_000)]
    public int DuplicatesPerMinute { get; set; } = 10;
}
