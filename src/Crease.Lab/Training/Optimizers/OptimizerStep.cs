using TorchSharp;

namespace Crease.Lab;

/// <summary>A rule that moves all trained numbers by their derivatives, in place.</summary>
internal abstract class OptimizerStep : IDisposable
{
    // As torch.nn.utils.clip_grad_norm_.
    private const double ClipEpsilon = 1e-6;

    private readonly double? _clip;

    private protected OptimizerStep(FlatParameters parameters, double? clip, int states)
    {
        (Parameters, _clip) = (parameters, clip);
        State = new torch.Tensor[states];
        for (int i = 0; i < states; i++)
            State[i] = torch.zeros_like(parameters.Values).DetachFromDisposeScope();
    }

    /// <summary>What the rule remembers between steps, each of the shape of all values; zeros at the start.</summary>
    public torch.Tensor[] State { get; }

    /// <summary>Names of <see cref="State"/>, in order.</summary>
    public abstract IReadOnlyList<string> StateNames { get; }

    private protected FlatParameters Parameters { get; }

    public static OptimizerStep Of(OptimizerOptions options, FlatParameters parameters) => options.Kind == OptimizerKind.Sgd
        ? new MomentumStep(options, parameters)
        : new AdamStep(options, parameters);

    /// <summary>One step.</summary>
    /// <param name="rate">Learning rate of this step.</param>
    /// <param name="number">Number of this step, from 1.</param>
    /// <param name="wantsNorm">Whether the norm of the gradient is asked for.</param>
    /// <returns>The norm of the gradient before it is clipped, or NaN where nobody asked.</returns>
    public double Apply(double rate, long number, bool wantsNorm)
    {
        using var _ = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        double norm = wantsNorm || _clip is not null ? Norm(Parameters.Gradients) : double.NaN;
        if (_clip is double clip && clip / (norm + ClipEpsilon) is < 1 and double factor)
        {
            using Scalar scalar = factor.ToScalar();
            Parameters.Gradients.mul_(scalar);
        }
        Move(rate, number);
        return norm;
    }

    /// <summary>Euclidean norm of a flat tensor.</summary>
    public static double Norm(torch.Tensor flat)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        return Math.Sqrt(flat.dot(flat).to(torch.ScalarType.Float64).item<double>());
    }

    public void Dispose()
    {
        foreach (torch.Tensor state in State)
            state.Dispose();
    }

    /// <summary>The rule itself, without gradients recorded.</summary>
    private protected abstract void Move(double rate, long number);
}
