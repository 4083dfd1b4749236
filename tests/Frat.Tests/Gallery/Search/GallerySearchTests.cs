namespace Frat.Tests.Gallery.Search;

/// <summary>A search finds what comparing every row finds: the same people at the same distances, to the bit.</summary>
public sealed class GallerySearchTests
{
    [Fact]
    public void Search_Empty_FindsNobody() => new Rows(4, DistanceMetric.Euclidean).Search([1, 0, 0, 0], 2).ShouldBeEmpty();

    [Fact]
    public void Search_SeveralRowsOfOnePerson_CountOnceByTheNearest()
    {
        var rows = new Rows(4, DistanceMetric.Euclidean);
        var person = rows.Add([1, 0, 0, 0], [3, 0, 0, 0]);

        rows.Search([2.5f, 0, 0, 0], 2).ShouldBe([new GalleryCandidate { Person = person, Distance = 0.5f }]);
    }

    [Theory]
    [InlineData(4, DistanceMetric.Euclidean)]
    [InlineData(128, DistanceMetric.Euclidean)]
    [InlineData(5, DistanceMetric.Cosine)]
    [InlineData(512, DistanceMetric.Cosine)]
    public void Search_AfterRandomChanges_IsWhatComparingEveryRowFinds(int dimension, DistanceMetric metric)
    {
        var random = new Random(dimension);
        var rows = new Rows(dimension, metric);
        for (var step = 0; step < 1_200; step++)
        {
            if (random.Next(6) == 0)
            {
                rows.RemoveAny(random);
            }
            else
            {
                rows.Add([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Values(random, dimension))]);
            }

            if (step % 40 == 0)
            {
                rows.Check(Values(random, dimension), random);
            }
        }
    }

    [Theory]
    [InlineData(DistanceMetric.Euclidean)]
    [InlineData(DistanceMetric.Cosine)]
    public void Search_EqualRows_AreInTheOrderOfTheIds(DistanceMetric metric)
    {
        var random = new Random(3);
        var rows = new Rows(8, metric);
        var values = Values(random, 8);
        for (var i = 0; i < 300; i++)
        {
            rows.Add(values);
        }

        rows.RemoveAny(random);

        rows.Check(values, random);
        rows.Check([.. values.Select(value => value * 1.0001f)], random);
    }

    // Numbers at which float32 overflows or underflows, lengths that differ by powers of ten, and all so near that only the last bits tell.
    [Theory]
    [InlineData(DistanceMetric.Euclidean)]
    [InlineData(DistanceMetric.Cosine)]
    public void Search_AdversarialNumbers_IsWhatComparingEveryRowFinds(DistanceMetric metric)
    {
        const int dimension = 16;
        float[] sizes = [0, float.Epsilon, 1e-38f, 1e-22f, 1e-12f, 1e-3f, 1, 1e6f, 1e12f, 1e18f, 3e19f, 1e38f, float.MaxValue];
        var random = new Random(4);
        for (var round = 0; round < 60; round++)
        {
            var rows = new Rows(dimension, metric);
            var isMixed = round % 2 == 0;
            var size = sizes[random.Next(sizes.Length)];
            var centre = Values(random, dimension);
            for (var i = 0; i < 200; i++)
            {
                var own = isMixed ? sizes[random.Next(sizes.Length)] : size;
                rows.Add([.. centre.Select(value => Scale(value + (random.NextSingle() * 1e-6f * round), own))]);
            }

            foreach (var probe in sizes)
            {
                rows.Check([.. centre.Select(value => Scale(value, probe))], random);
            }
        }

        // Finite, as an encoding's numbers are.
        static float Scale(float value, float size) => Math.Clamp(value * size, float.MinValue, float.MaxValue);
    }

    [Fact]
    public void Search_SomebodyExcepted_IsPassedOver()
    {
        var rows = new Rows(2, DistanceMetric.Euclidean);
        var (near, far) = (rows.Add([1, 0]), rows.Add([2, 0]));

        rows.Search([1, 0], 2, near.Id).ShouldBe([new GalleryCandidate { Person = far, Distance = 1 }]);
    }

    private static float[] Values(Random random, int dimension) =>
        [.. Enumerable.Range(0, dimension).Select(_ => random.NextSingle() - 0.5f)];

    private sealed class Rows
    {
        private readonly RowCoder _coder;
        private readonly SharedGallery _shared;
        private readonly List<Person> _people = [];
        private int _templates;

        public Rows(int dimension, DistanceMetric metric)
        {
            _coder = new RowCoder(dimension, metric);
            _shared = new SharedGallery(_coder);
        }

        public Person Add(params float[][] rows)
        {
            var person = new Person { Id = Guid.NewGuid(), EmployeeId = "id", Name = "name", EnrolledAt = default };
            _shared.Write(written => written.Set(person, rows, rows.Length));
            _people.Add(person);
            _templates += rows.Length;
            return person;
        }

        public void RemoveAny(Random random)
        {
            if (_people.Count > 0)
            {
                var index = random.Next(_people.Count);
                var before = _shared.Current.Templates;
                _shared.Write(written => written.Remove(_people[index].Id));
                _templates -= before - _shared.Current.Templates;
                _people.RemoveAt(index);
            }
        }

        public IReadOnlyList<GalleryCandidate> Search(float[] probe, int people, Guid? except = null) =>
            _shared.Read(snapshot => snapshot.Search([new SearchProbe(_coder, probe, except)], people))[0].ToList();

        public void Check(float[] probe, Random random)
        {
            var except = random.Next(2) == 0 || _people.Count == 0 ? (Guid?)null : _people[random.Next(_people.Count)].Id;
            SearchProbe[] probes = [new(_coder, probe, except), new(_coder, probe.Select(value => -value).ToArray())];
            foreach (var people in (int[])[1, 2, 5])
            {
                _shared.Read(snapshot =>
                {
                    var found = snapshot.Search(probes, people);
                    for (var i = 0; i < probes.Length; i++)
                    {
                        found[i].ToList().ShouldBe(snapshot.SearchOneByOne(probes[i], people).ToList());
                    }

                    return true;
                });
            }

            (_shared.Current.People, _shared.Current.Templates).ShouldBe((_people.Count, _templates));
        }
    }
}
