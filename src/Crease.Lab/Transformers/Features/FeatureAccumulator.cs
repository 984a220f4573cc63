namespace Crease.Lab;

/// <summary>The seven features of one layer, token by token: after each token they are those of the text up to it.</summary>
/// <remarks>Cost: constant time and memory per token.</remarks>
public sealed class FeatureAccumulator
{
    private Moments _signs = new(), _distances = new();

    /// <summary>Number of tokens.</summary>
    public int Tokens => _signs.Count;

    /// <summary>The features of the tokens so far.</summary>
    /// <exception cref="InvalidOperationException">There is no token yet.</exception>
    public LayerFeatures Current
    {
        get
        {
            if (Tokens == 0)
                throw new InvalidOperationException("There are no tokens yet; add at least one.");
            bool hasDistance = !double.IsNaN(_distances.Mean);
            return new LayerFeatures(_signs.Mean, _signs.Least, _signs.Largest, _signs.Deviation, hasDistance ? _distances.Least : null, hasDistance ? _distances.Mean : null, hasDistance ? _distances.Deviation : null);
        }
    }

    /// <summary>Adds a token.</summary>
    /// <param name="sign">Share of its positive gate units. In [0, 1].</param>
    /// <param name="distance">Its distance to the nearest hyperplane, from 0, or NaN where there is none.</param>
    public void Add(double sign, double distance)
    {
        _signs.Add(sign);
        _distances.Add(distance);
    }

    // Welford's update keeps the spread exact where the mean is large beside it.
    private struct Moments()
    {
        private double _squares;

        public int Count { get; private set; }

        public double Mean { get; private set; }

        public double Least { get; private set; } = double.PositiveInfinity;

        public double Largest { get; private set; } = double.NegativeInfinity;

        public readonly double? Deviation => Count < 2 ? null : Math.Sqrt(_squares / (Count - 1));

        public void Add(double value)
        {
            Count++;
            double before = value - Mean;
            Mean += before / Count;
            _squares += before * (value - Mean);
            Least = Math.Min(Least, value);
            Largest = Math.Max(Largest, value);
        }
    }
}
