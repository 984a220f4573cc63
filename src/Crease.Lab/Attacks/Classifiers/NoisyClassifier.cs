using System.Runtime.InteropServices;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>A classifier that adds Gaussian noise to every input before it looks at it: a randomized defense, for attacks that average over it.</summary>
/// <remarks>
/// The noise is a function of seed, input and the number of the evaluation, so that results depend neither on threads nor on other rows. The class that counts
/// is that of evaluation 0: one deployment of the defense. The gradient is that of the noisy evaluation.
/// </remarks>
public sealed class NoisyClassifier : IClassifier
{
    private readonly IClassifier _inner;
    private readonly double _sigma;
    private readonly ulong _seed;

    /// <summary>Prepares the defense.</summary>
    /// <param name="inner">The classifier behind it.</param>
    /// <param name="sigma">Standard deviation of the noise in input units, above 0.</param>
    /// <param name="seed">Seed of the noise.</param>
    /// <exception cref="ArgumentException">The deviation is out of range.</exception>
    public NoisyClassifier(IClassifier inner, double sigma, ulong seed)
    {
        if (!(sigma > 0 && double.IsFinite(sigma)))
            throw new ArgumentException(FormattableString.Invariant($"noise is {sigma}; expected a finite number above 0"), nameof(sigma));
        (_inner, _sigma, _seed) = (inner, sigma, seed);
        Exact = ReferenceEquals(inner, inner.Exact) ? this : new NoisyClassifier(inner.Exact, sigma, seed);
    }

    /// <inheritdoc/>
    public string Name => FormattableString.Invariant($"{_inner.Name} with noise {_sigma:R}");

    /// <inheritdoc/>
    public int Inputs => _inner.Inputs;

    /// <inheritdoc/>
    public int Classes => _inner.Classes;

    /// <inheritdoc/>
    public string Remark => string.Join("; ", ((string[])[_inner.Remark, FormattableString.Invariant($"Gaussian noise of deviation {_sigma:G4} is added to every input")]).Where(part => part.Length > 0));

    /// <inheritdoc/>
    public int Rows => _inner.Rows;

    /// <inheritdoc/>
    public (int Channels, int Height, int Width) Image => _inner.Image;

    /// <inheritdoc/>
    public Precision Precision => _inner.Precision;

    /// <inheritdoc/>
    public IClassifier Exact { get; }

    /// <inheritdoc/>
    public IClassifierWorker Worker() => new NoisyWorker(_inner.Worker(), this);

    private sealed class NoisyWorker(IClassifierWorker inner, NoisyClassifier owner) : IClassifierWorker
    {
        private readonly double[] _moved = new double[owner.Rows * owner.Inputs];

        public int Draw { get; set; }

        public ReadOnlySpan<double> Logits(ReadOnlySpan<double> inputs, int count)
        {
            for (int row = 0; row < count; row++)
            {
                ReadOnlySpan<double> input = inputs.Slice(row * owner.Inputs, owner.Inputs);
                RandomSource random = RandomStreams.Of(owner._seed, RandomStreams.Attack, Hash(input) ^ RandomSource.Scrambled((ulong)Draw + 1));
                for (int i = 0; i < input.Length; i++)
                    _moved[row * owner.Inputs + i] = input[i] + owner._sigma * random.Normal();
            }
            return inner.Logits(_moved.AsSpan(0, count * owner.Inputs), count);
        }

        public ReadOnlySpan<double> Gradients(ReadOnlySpan<double> logitGradients) => inner.Gradients(logitGradients);

        private static ulong Hash(ReadOnlySpan<double> input)
        {
            ulong hash = 0;
            foreach (ulong bits in MemoryMarshal.Cast<double, ulong>(input))
                hash = RandomSource.Scrambled(hash + bits);
            return hash;
        }
    }
}
