namespace Frat.Tests.Gallery;

public sealed class TemplateMatrixTests
{
    private const int Dimension = 4;

    [Fact]
    public void FindNearest_Empty_IsNull() => New().FindNearest(new float[Dimension]).ShouldBeNull();

    [Fact]
    public void FindNearest_OnePerson_HasNoRunnerUp()
    {
        var matrix = New();
        var person = NewPerson();
        matrix.Add(person, [1, 0, 0, 0]);
        matrix.Add(person, [3, 0, 0, 0]);

        matrix.FindNearest([2.5f, 0, 0, 0]).ShouldBe(new GalleryMatch
        {
            Person = person,
            Distance = 0.5f,
            RunnerUpDistance = float.PositiveInfinity,
        });
    }

    [Theory]
    [InlineData(DistanceMetric.Euclidean)]
    [InlineData(DistanceMetric.Cosine)]
    public void FindNearest_AfterRandomAddsAndRemoves_IsWhatAPlainSearchFinds(DistanceMetric metric)
    {
        var random = new Random(1);
        var matrix = new TemplateMatrix(Dimension, metric);
        var people = Enumerable.Range(0, 400).Select(_ => NewPerson()).ToArray();
        var plain = new List<(Person Owner, FaceEncoding Encoding)>();
        var info = new FaceEncoderInfo { Id = "e", Dimension = Dimension, Metric = metric, RecommendedMaxDistance = 1 };

        for (var step = 0; step < 4_000; step++)
        {
            var person = people[random.Next(people.Length)];
            if (random.Next(10) == 0)
            {
                matrix.Remove(person.Id);
                plain.RemoveAll(template => template.Owner.Id == person.Id);
            }
            else
            {
                var values = RandomValues(random);
                matrix.Add(person, values);
                plain.Add((person, new FaceEncoding("e", values)));
            }

            if (step % 50 == 0 && plain.Count > 0)
            {
                var probe = new FaceEncoding("e", RandomValues(random));
                var byPerson = plain
                    .GroupBy(template => template.Owner, template => info.Distance(probe, template.Encoding))
                    .Select(group => (Owner: group.Key, Distance: group.Min()))
                    .OrderBy(candidate => candidate.Distance)
                    .ToList();

                var match = matrix.FindNearest(probe.Values)!.Value;

                match.Person.ShouldBe(byPerson[0].Owner);
                match.Distance.ShouldBe(byPerson[0].Distance, 1e-6f);
                (byPerson.Count > 1).ShouldBe(float.IsFinite(match.RunnerUpDistance));
                byPerson.Skip(1).Take(1).ShouldAllBe(runnerUp => Math.Abs(runnerUp.Distance - match.RunnerUpDistance) < 1e-6f);
            }
        }

        matrix.Rows.ShouldBe(plain.Count);
        matrix.People.ShouldBe(plain.Select(template => template.Owner.Id).Distinct().Count());
    }

    private static TemplateMatrix New() => new(Dimension, DistanceMetric.Euclidean);

    private static Person NewPerson() => new() { Id = Guid.NewGuid(), EmployeeId = "id", Name = "name", EnrolledAt = default };

    private static float[] RandomValues(Random random) => [.. Enumerable.Range(0, Dimension).Select(_ => random.NextSingle() - 0.5f)];
}
