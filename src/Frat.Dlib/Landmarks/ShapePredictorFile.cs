namespace Frat.Dlib;

/// <summary>Reads a shape predictor, version 1, as dlib/image_processing/shape_predictor.h writes it.</summary>
internal static class ShapePredictorFile
{
    /// <summary>The file of the small predictor, of five landmarks.</summary>
    public const string FileName = "shape_predictor_5_face_landmarks.dat";

    /// <summary>The file of the large predictor, of 68 landmarks. Its licence excludes commercial use.</summary>
    public const string LargeFileName = "shape_predictor_68_face_landmarks.dat";

    // Limits far over any predictor that was trained; each count is held against the length of the file as well.
    private const int MaxCascades = 1024;
    private const int MaxTrees = 1 << 16;
    private const int MaxSplits = (1 << 12) - 1;

    // The shortest integer is a control byte and one more; a floating point number is two integers.
    private const int IntegerBytes = 2;
    private const int SingleBytes = 2 * IntegerBytes;

    /// <param name="path">The file.</param>
    /// <param name="parts">How many landmarks it must find.</param>
    /// <exception cref="ModelFileException">The file is missing, damaged or of another kind.</exception>
    public static ShapePredictor Load(string path, int parts)
    {
        using var reader = DlibFileReader.Open(path);
        return Read(reader, parts);
    }

    public static ShapePredictor Read(DlibFileReader reader, int parts)
    {
        reader.ExpectInteger("version of the shape predictor", 1);
        var shape = new float[2 * parts];
        ReadVector(reader, "mean shape", shape);

        var cascades = reader.ReadCount("cascades", IntegerBytes, MaxCascades);
        var forests = new Forest[cascades];
        for (var i = 0; i < cascades; i++)
        {
            forests[i] = ReadForest(reader, shape.Length);
        }

        var anchors = ReadAnchors(reader, cascades, parts);
        var result = new ShapePredictor.Cascade[cascades];
        reader.ExpectInteger("cascades with pixel offsets", cascades);
        for (var i = 0; i < cascades; i++)
        {
            var pixels = ReadPixels(reader, anchors[i]);
            var forest = forests[i];
            if (forest.PixelCount > pixels.Length)
            {
                throw reader.Fail(reader.Position, $"cascade {i} compares pixel {forest.PixelCount - 1}, but has {pixels.Length}");
            }

            result[i] = new ShapePredictor.Cascade(forest.Trees, forest.SplitsPerTree, forest.Splits, forest.Leaves, pixels);
        }

        reader.ExpectEnd();
        return new ShapePredictor(shape, result);
    }

    private static Forest ReadForest(DlibFileReader reader, int shapeLength)
    {
        var trees = reader.ReadCount("trees", 2 * IntegerBytes, MaxTrees);
        var splitsPerTree = 0;
        var pixelCount = 0;
        ShapePredictor.Split[] splits = [];
        float[] leaves = [];
        for (var tree = 0; tree < trees; tree++)
        {
            if (tree == 0)
            {
                (splitsPerTree, splits, leaves) = AllocateForest(reader, trees, shapeLength);
            }
            else
            {
                reader.ExpectInteger("splits of a tree", splitsPerTree);
            }

            foreach (ref var split in splits.AsSpan(tree * splitsPerTree, splitsPerTree))
            {
                var first = (ushort)reader.ReadInteger("first pixel of a split", 0, ushort.MaxValue);
                var second = (ushort)reader.ReadInteger("second pixel of a split", 0, ushort.MaxValue);
                split = new ShapePredictor.Split(first, second, reader.ReadSingle("threshold of a split"));
                pixelCount = Math.Max(pixelCount, Math.Max(first, second) + 1);
            }

            var leavesPerTree = splitsPerTree + 1;
            reader.ExpectInteger("leaves of a tree", leavesPerTree);
            for (var leaf = 0; leaf < leavesPerTree; leaf++)
            {
                ReadVector(reader, "leaf", leaves.AsSpan(((tree * leavesPerTree) + leaf) * shapeLength, shapeLength));
            }
        }

        return new Forest(trees, splitsPerTree, splits, leaves, pixelCount);
    }

    // All trees of a forest have one depth: dlib trains them so, and it makes their arrays plain.
    private static (int SplitsPerTree, ShapePredictor.Split[] Splits, float[] Leaves) AllocateForest(
        DlibFileReader reader, int trees, int shapeLength)
    {
        var offset = reader.Position;
        var splitsPerTree = reader.ReadCount("splits of a tree", (2 * IntegerBytes) + SingleBytes, MaxSplits);
        var leavesPerTree = splitsPerTree + 1;
        var leafValues = (long)trees * leavesPerTree * shapeLength;
        if ((leavesPerTree & splitsPerTree) != 0 || leafValues * SingleBytes > reader.Remaining)
        {
            throw reader.Unexpected(offset, "splits of a tree", $"{splitsPerTree} in each of {trees} trees");
        }

        return (splitsPerTree, new ShapePredictor.Split[trees * splitsPerTree], new float[leafValues]);
    }

    private static ushort[][] ReadAnchors(DlibFileReader reader, int cascades, int parts)
    {
        reader.ExpectInteger("cascades with anchors", cascades);
        var anchors = new ushort[cascades][];
        for (var i = 0; i < cascades; i++)
        {
            anchors[i] = new ushort[reader.ReadCount("anchors", IntegerBytes, ushort.MaxValue + 1)];
            foreach (ref var anchor in anchors[i].AsSpan())
            {
                anchor = (ushort)reader.ReadInteger("anchor of a pixel", 0, parts - 1);
            }
        }

        return anchors;
    }

    private static ShapePredictor.ReferencePixel[] ReadPixels(DlibFileReader reader, ushort[] anchors)
    {
        reader.ExpectInteger("pixel offsets", anchors.Length);
        var pixels = new ShapePredictor.ReferencePixel[anchors.Length];
        for (var i = 0; i < pixels.Length; i++)
        {
            var x = reader.ReadSingle("pixel offset");
            pixels[i] = new ShapePredictor.ReferencePixel(anchors[i], x, reader.ReadSingle("pixel offset"));
        }

        return pixels;
    }

    // A dlib matrix: rows and columns, written negative since dlib 17, then the numbers.
    private static void ReadVector(DlibFileReader reader, string what, Span<float> values)
    {
        reader.ExpectInteger("rows of a vector", -values.Length);
        reader.ExpectInteger("columns of a vector", -1);
        foreach (ref var value in values)
        {
            value = reader.ReadSingle(what);
        }
    }

    private sealed record Forest(int Trees, int SplitsPerTree, ShapePredictor.Split[] Splits, float[] Leaves, int PixelCount);
}
