using TorchSharp;

namespace Crease.Lab;

/// <summary>Wall time from the first block to each layer's gate; tokenizer, embedding and classifier are not in it.</summary>
public static class LayerLatency
{
    /// <summary>Measures texts one at a time.</summary>
    /// <param name="model">The model.</param>
    /// <param name="texts">Ids of each text, at least one.</param>
    /// <param name="layers">Number of layers to run.</param>
    /// <param name="clock">Time source.</param>
    /// <returns>Mean seconds to each layer over the texts, the first text left out where there are more. Shape [layers].</returns>
    /// <exception cref="ArgumentException">There is no text, or as for <see cref="LanguageModel.Run"/>.</exception>
    public static double[] Of(LanguageModel model, IEnumerable<int[]> texts, int layers, TimeProvider clock)
    {
        var seconds = new List<double[]>();
        foreach (int[] text in texts)
        {
            var tap = new Tap(layers, clock);
            model.Run(text, tap, layers);
            seconds.Add(tap.Seconds);
        }
        if (seconds.Count == 0)
            throw new ArgumentException("'texts' is empty; expected at least one.", nameof(texts));
        // The first pass pays for what all of them share.
        IEnumerable<double[]> counted = seconds.Skip(seconds.Count > 1 ? 1 : 0);
        return [.. Enumerable.Range(0, layers).Select(layer => counted.Average(text => text[layer]))];
    }

    private sealed class Tap(int layers, TimeProvider clock) : IBlockTap
    {
        private long _start;

        public double[] Seconds { get; } = new double[layers];

        public BlockTaps Wanted => BlockTaps.ResidualIn | BlockTaps.GatePreactivation;

        public void Take(int layer, BlockTaps tap, torch.Tensor value)
        {
            if (tap == BlockTaps.ResidualIn && layer == 0)
                _start = clock.GetTimestamp();
            else if (tap == BlockTaps.GatePreactivation)
                Seconds[layer] = clock.GetElapsedTime(_start).TotalSeconds;
        }
    }
}
