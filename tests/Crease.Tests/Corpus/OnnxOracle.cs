using Crease.Networks;
using Crease.Numerics;
using Microsoft.ML.OnnxRuntime;

namespace Crease.Tests.Corpus;

/// <summary>ONNX Runtime in single precision without graph optimization: what the forward pass of a model is compared with.</summary>
public sealed class OnnxOracle : IDisposable
{
    private static readonly SessionOptions Options = new()
    {
        GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL,
        IntraOpNumThreads = 1,
        InterOpNumThreads = 1,
        LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
    };

    private readonly InferenceSession _session;
    private readonly string _input;
    private readonly long[] _extents;

    public OnnxOracle(byte[] model)
    {
        _session = new InferenceSession(model, Options);
        KeyValuePair<string, NodeMetadata> input = _session.InputMetadata.Single();
        _input = input.Key;
        _extents = Array.ConvertAll(input.Value.Dimensions, extent => (long)Math.Max(extent, 1));
    }

    /// <summary>Number of elements that the session takes; more than the network's when the file fixes a batch.</summary>
    public int InputSize => (int)_extents.Aggregate(1L, (size, extent) => size * extent);

    public float[] Run(float[] x)
    {
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(x, _extents);
        using var run = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(run, [_input], [value], [_session.OutputNames[0]]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    /// <summary>The largest difference of both forward passes over random inputs, relative to the output's largest entry.</summary>
    public double WorstError(Network network, int inputs, ulong seed, double low = -1, double high = 1)
    {
        var random = new RandomSource(seed);
        double worst = 0;
        int size = network.InputShape.Size;
        for (int i = 0; i < inputs; i++)
        {
            var x = new float[size];
            for (int j = 0; j < size; j++)
                x[j] = (float)random.Uniform(low, high);
            // A fixed batch of the file is filled with copies.
            var batch = new float[InputSize];
            for (int j = 0; j < batch.Length; j++)
                batch[j] = x[j % size];
            worst = Math.Max(worst, Error(network.Evaluate(Array.ConvertAll(x, value => (double)value)), Run(batch), InputSize / size));
        }
        return worst;
    }

    /// <summary>Largest difference of the first of <paramref name="batch"/> outputs relative to its largest entry; infinite when lengths differ.</summary>
    public static double Error(double[] found, ReadOnlySpan<float> expected, int batch = 1)
    {
        if (expected.Length != (long)batch * found.Length)
            return double.PositiveInfinity;
        double scale = 0, difference = 0;
        for (int i = 0; i < found.Length; i++)
        {
            scale = Math.Max(scale, Math.Abs(expected[i]));
            difference = double.IsFinite(found[i]) ? Math.Max(difference, Math.Abs(found[i] - expected[i])) : double.PositiveInfinity;
        }
        return difference == 0 ? 0 : difference / scale;
    }

    public void Dispose() => _session.Dispose();
}
