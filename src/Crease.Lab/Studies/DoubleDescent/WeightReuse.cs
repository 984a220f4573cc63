using System.Runtime.InteropServices;
using Crease.Models;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>The start of a network from a smaller trained one: its units are the first ones, the weights of all others are normal with variance 0.01, their offsets 0.</summary>
/// <remarks>Source: <c>belkin2019reconciling</c>, supplement: networks below the threshold.</remarks>
internal static class WeightReuse
{
    private const double Deviation = 0.1;
    private const string FirstWeight = "dense1.weight", FirstBias = "dense1.bias", LastWeight = "dense2.weight", LastBias = "dense2.bias";

    /// <summary>Writes the state from which a run that was made and not begun will start.</summary>
    /// <param name="path">Folder of the run.</param>
    /// <param name="smaller">Folder of the smaller network's finished run.</param>
    /// <param name="inputs">d.</param>
    /// <param name="hidden">H of the run.</param>
    /// <param name="classes">C.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <exception cref="TrainingException">The state cannot be written.</exception>
    public static void Start(string path, string smaller, int inputs, int hidden, int classes, ulong seed)
    {
        var folder = new RunFolder(path);
        if (folder.HasState)
            return;
        SafetensorsFile before = SafetensorsFile.Load(new RunFolder(smaller).StatePath);
        ReadOnlySpan<float> Stored(string name) => MemoryMarshal.Cast<byte, float>(before[name].Data.Span);
        int kept = before[FirstBias].Count;
        RandomSource random = RandomStreams.Of(seed, RandomStreams.Weights, (ulong)hidden);
        float[] first = Normals(hidden * inputs, random), last = Normals(classes * hidden, random), offsets = new float[hidden];
        Stored(FirstWeight).CopyTo(first);
        Stored(FirstBias).CopyTo(offsets);
        ReadOnlySpan<float> stored = Stored(LastWeight);
        for (int c = 0; c < classes; c++)
            stored.Slice(c * kept, kept).CopyTo(last.AsSpan(c * hidden));
        float[] ends = Stored(LastBias).ToArray();
        // The momentum of the flat tensor, in which each tensor is padded.
        var still = new float[new[] { first, offsets, last, ends }.Sum(values => FlatParameters.Padded(values.Length))];
        SafetensorsTensor[] tensors =
        [
            Tensor(FirstWeight, first, hidden, inputs), Tensor(FirstBias, offsets, hidden), Tensor(LastWeight, last, classes, hidden), Tensor(LastBias, ends, classes), Tensor("optimizer.momentum", still, still.Length),
        ];
        RunFolder.Write(folder.StatePath, stream => SafetensorsWriter.Write(stream, tensors, new Dictionary<string, string> { ["step"] = "0", ["metrics"] = "0" }));
    }

    private static float[] Normals(int count, RandomSource random) => [.. Enumerable.Range(0, count).Select(_ => (float)(Deviation * random.Normal()))];

    private static SafetensorsTensor Tensor(string name, float[] values, params int[] extents) => new(name, "F32", extents, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
}
