using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;

namespace Frat;

/// <summary>Reads people's templates from the store, and makes them rows of the gallery. One caller at a time.</summary>
internal sealed class GalleryReader(
    IEncodingStore store, IPersonStore people, FaceEncoderInfo encoder, TemplateFuser fuser, UnreadPeople unread, ILogger logger)
{
    /// <summary>Fills rows with everybody.</summary>
    public async Task<GalleryPeople> ReadAsync(Func<GalleryPeople> newRows, CancellationToken cancellationToken)
    {
        try
        {
            var rows = await ReadAllAsync(newRows(), cancellationToken).ConfigureAwait(false);
            unread.Clear();
            return rows;
        }
        catch (Exception exception) when (exception is not (StoreException { IsTransient: true } or OperationCanceledException))
        {
            return await ReadEachAsync(newRows(), exception, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads one person's templates.</summary>
    /// <returns>Null when they can't be read, whatever the reason: who was revoked must not be recognised because of it.</returns>
    public async Task<PersonTemplates?> TryReadAsync(Guid personId, CancellationToken cancellationToken)
    {
        try
        {
            var templates = new List<FaceTemplate>();
            await foreach (var template in store.ReadAsync(encoder.Id, personId, cancellationToken).ConfigureAwait(false))
            {
                if (Fits(template))
                {
                    templates.Add(template);
                }
            }

            // In an order of their own: what is made of them is the same, in whatever order a store tells them.
            templates.Sort((one, other) => one.Id.CompareTo(other.Id));
            unread.Remove(personId);
            return new PersonTemplates(templates);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            unread.Add(personId, exception);
            return null;
        }
    }

    /// <summary>Makes somebody's rows of what was read.</summary>
    public void SetTo(GalleryPeople people, PersonTemplates read)
    {
        if (read.Templates is [var first, ..])
        {
            var templates = read.Templates.ConvertAll(template => template.Encoding.Values.ToArray());
            people.Set(first.Person, fuser.Fuse(templates), templates);
        }
    }

    // A store tells templates in no stated order. Most people have one, which is a row at once; those of the others are held together.
    private async Task<GalleryPeople> ReadAllAsync(GalleryPeople rows, CancellationToken cancellationToken)
    {
        var firsts = new Dictionary<Guid, Guid>();
        var several = new Dictionary<Guid, PersonTemplates>();
        await foreach (var template in store.ReadAsync(encoder.Id, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (!Fits(template))
            {
                continue;
            }

            var person = template.Person;
            if (several.TryGetValue(person.Id, out var held))
            {
                held.Templates.Add(template);
            }
            else if (firsts.Remove(person.Id, out var first))
            {
                var row = new FaceEncoding(encoder.Id, rows.Rows.FirstRow(person.Id));
                var known = new FaceTemplate { Id = first, Person = person, Encoding = row };
                several.Add(person.Id, new PersonTemplates([known, template]));
                rows.Remove(person.Id);
            }
            else
            {
                var values = template.Encoding.Values.ToArray();
                rows.Set(person, [values], [values]);
                firsts.Add(person.Id, template.Id);
            }
        }

        foreach (var held in several.Values)
        {
            held.Templates.Sort((one, other) => one.Id.CompareTo(other.Id));
            SetTo(rows, held);
        }

        return rows;
    }

    /// <summary>One damaged record must not keep everybody out. Where nobody at all can be read, it is no single record.</summary>
    private async Task<GalleryPeople> ReadEachAsync(GalleryPeople rows, Exception cause, CancellationToken cancellationToken)
    {
        var read = 0;
        unread.Clear();
        await foreach (var person in people.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (await TryReadAsync(person.Id, cancellationToken).ConfigureAwait(false) is { } templates)
            {
                read++;
                SetTo(rows, templates);
            }
        }

        if (read == 0)
        {
            ExceptionDispatchInfo.Throw(cause);
        }

        return rows;
    }

    private bool Fits(FaceTemplate template)
    {
        if (template.Encoding.Dimension == encoder.Dimension)
        {
            return true;
        }

        logger.TemplateLeftOut(template.Id, template.Encoding.Dimension, encoder.Dimension);
        return false;
    }
}

/// <summary>One person's templates.</summary>
internal sealed record PersonTemplates(List<FaceTemplate> Templates);
