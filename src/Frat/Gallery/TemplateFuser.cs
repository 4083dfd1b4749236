using System.Numerics.Tensors;

namespace Frat;

/// <summary>Makes the rows that a person is compared by out of their templates.</summary>
/// <remarks>
/// A photo is the person and an error of its own; the mean has less of it. The mean of vectors in the Euclidean metric is not brought back
/// to their length: see ADR 0030. In the cosine's metric each counts by its direction.
/// </remarks>
internal sealed class TemplateFuser(TemplateFusion fusion, FaceEncoderInfo encoder)
{
    public IReadOnlyList<float[]> Fuse(IReadOnlyList<float[]> templates) => templates.Count == 1
        ? templates
        : fusion switch
        {
            TemplateFusion.Nearest => templates,
            TemplateFusion.Mean => [Mean(templates)],
            _ => [.. Cluster(templates).Select(Mean)],
        };

    /// <summary>Brings together what is nearest on average, until that is farther apart than one person's photos are.</summary>
    private List<List<float[]>> Cluster(IReadOnlyList<float[]> templates)
    {
        var clusters = templates.Select(template => new List<float[]> { template }).ToList();
        while (clusters.Count > 1)
        {
            var (least, one, other) = (float.PositiveInfinity, 0, 0);
            for (var i = 0; i < clusters.Count; i++)
            {
                for (var j = i + 1; j < clusters.Count; j++)
                {
                    var distance = clusters[i].Average(first => clusters[j].Average(second => Distance(first, second)));
                    if (distance < least)
                    {
                        (least, one, other) = (distance, i, j);
                    }
                }
            }

            if (!(least <= encoder.RecommendedMaxDistance))
            {
                break;
            }

            clusters[one].AddRange(clusters[other]);
            clusters.RemoveAt(other);
        }

        return clusters;
    }

    private float Distance(float[] first, float[] second) => encoder.Metric == DistanceMetric.Euclidean
        ? TensorPrimitives.Distance<float>(first, second)
        : 1 - TensorPrimitives.CosineSimilarity<float>(first, second);

    private float[] Mean(IReadOnlyList<float[]> templates)
    {
        if (templates.Count == 1)
        {
            return templates[0];
        }

        var mean = new float[templates[0].Length];
        foreach (var template in templates)
        {
            // Divided before they are added: the largest finite numbers have a finite mean.
            var length = encoder.Metric == DistanceMetric.Cosine ? TensorPrimitives.Norm<float>(template) : 1;
            TensorPrimitives.MultiplyAdd(template, 1 / (length * templates.Count), mean, mean);
        }

        return mean;
    }
}
