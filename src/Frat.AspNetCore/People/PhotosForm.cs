using Microsoft.Extensions.Options;

namespace Frat.AspNetCore;

/// <summary>
/// What the forms of a registration and of added photos share: the photos and what they cost, the consent, and who answers for a like face.
/// </summary>
internal sealed class PhotosForm : IDisposable
{
    private readonly UploadedForm _form;
    private readonly PhotoRates _rates;
    private readonly ConsentOptions _text;
    private readonly RemoteAddress _from;
    private readonly IReadOnlyList<UploadedFile> _photos;

    private PhotosForm(HttpContext context, UploadedForm form)
    {
        _form = form;
        _rates = context.RequestServices.GetRequiredService<PhotoRates>();
        _text = context.RequestServices.GetRequiredService<IOptions<ConsentOptions>>().Value;
        _from = RemoteAddress.Of(context);
        _photos = form.Files(PhotoEndpoints.Photo);
        (Duplicate, var errors) = DuplicateFields.Read(context, form);
        Errors =
        [
            .. errors,
            (PhotoEndpoints.Photo, _photos.Count is 0 or > EnrollmentRequest.MaxPhotos
                ? $"Send 1 to {EnrollmentRequest.MaxPhotos} photos as files."
                : null),
        ];
    }

    /// <summary>The last fields of both forms.</summary>
    public static FormField[] LastFields { get; } =
    [
        DuplicateFields.By,
        DuplicateFields.Reason,
        new(PhotoEndpoints.Photo, "JPEG, PNG or WebP images.", IsFile: true, MaxCount: EnrollmentRequest.MaxPhotos),
    ];

    /// <summary>The field of the version of the consent text.</summary>
    public static FormField ConsentField(string description, bool isRequired) =>
        new(ConsentRefusals.Field, description, IsRequired: isRequired, MaxLength: Consent.MaxTextVersionLength);

    /// <summary>Reads the request to its end.</summary>
    public static async Task<PhotosForm> ReadAsync(HttpContext context)
    {
        var limits = context.RequestServices.GetRequiredService<UploadLimits>();
        var form = await UploadedForm.ReadAsync(context.Request, limits, repeatable: PhotoEndpoints.Photo);
        try
        {
            return new PhotosForm(context, form);
        }
        catch
        {
            form.Dispose();
            throw;
        }
    }

    /// <summary>Why the request can't be read as a form; everything else is empty then.</summary>
    public FratProblem? Problem => _form.Problem;

    public IReadOnlyList<FaceImage> Photos => [.. _photos.Select(photo => (FaceImage)photo.Content)];

    public DuplicateOverride? Duplicate { get; }

    /// <summary>What is wrong with the fields that both forms have.</summary>
    public IReadOnlyList<(string Field, string? Error)> Errors { get; }

    /// <summary>The version of the consent text that was agreed to; null where none was sent.</summary>
    public string? ConsentVersion => _form.Text(ConsentRefusals.Field)?.Trim() is { Length: > 0 } sent ? sent : null;

    public string? Text(string field) => _form.Text(field);

    /// <summary>Why the version sent is no consent to the present text; null when it is.</summary>
    public FratProblem? CheckConsent() => ConsentRefusals.Of(ConsentVersion, _text);

    public Consent ToConsent(Actor by, TimeProvider time) => _text.ToConsent(ConsentBasis.Given, by, time.GetUtcNow());

    /// <summary>Takes what the photos cost, before they are looked at.</summary>
    /// <returns>Why they are refused; null when they aren't.</returns>
    public FratProblem? Spend() => _rates.CheckDuplicates(_from) ?? _rates.Spend(_from, _photos.Count - 1);

    /// <summary>Takes what a face that is known already costs.</summary>
    public void Spend(EnrollmentResult result)
    {
        if (result.Outcome == EnrollmentOutcome.DuplicateFace)
        {
            _rates.SpendDuplicate(_from);
        }
    }

    public void Dispose() => _form.Dispose();
}
