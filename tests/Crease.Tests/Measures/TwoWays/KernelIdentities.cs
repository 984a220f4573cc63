using Crease.Measures;
using Crease.Tests.Corpus;

namespace Crease.Tests.Measures.TwoWays;

/// <summary>Identities of empirical tangent kernels.</summary>
internal static class KernelIdentities
{
    private static readonly string[] Three = [RealNetworks.Acas, RealNetworks.Digits, RealNetworks.Convolutional];

    public static IEnumerable<Identity> All =>
    [
        new("tangent kernel, traced and per class", "decomposition by layers and regions", "contraction of the Jacobian by the parameters", 1e-10, 16, [.. Three, RealNetworks.Residual], Kernel),
        new("parts of a trace", "trace of the kernel", "sum of what each layer adds", 1e-10, 16, Three, Parts),
        new("kernel of the outputs", "product of swept values", "outputs of a forward pass, pair by pair", 1e-10, 16, Three, Outputs),
    ];

    private static double? Kernel(Subject subject)
    {
        var kernel = new EmpiricalKernel(subject.Network);
        double[] inputs = subject.Flat(6, 3);
        ParameterJacobian jacobian = ParameterJacobian.Of(subject.Network, inputs, subject.IsReal ? 3 : 6);
        int last = kernel.Outputs - 1;
        return kernel.Parameters != jacobian.Parameters ? double.PositiveInfinity
            : Math.Max(KernelCases.Distance(jacobian.Traced().Values, kernel.Traced(inputs).Values), KernelCases.Distance(jacobian.OfOutput(last).Values, kernel.OfOutput(last, inputs).Values));
    }

    private static double? Parts(Subject subject)
    {
        var kernel = new EmpiricalKernel(subject.Network);
        double[] inputs = subject.Flat(6, 4);
        KernelMatrix traced = kernel.Traced(inputs);
        double trace = Enumerable.Range(0, traced.Rows).Sum(i => traced[i, i]);
        return Math.Abs(trace - kernel.LayerTraces(inputs).Sum(layer => layer.Trace)) / trace;
    }

    private static double? Outputs(Subject subject)
    {
        double[][] rows = subject.Rows(8, 4);
        KernelMatrix found = new EmpiricalKernel(subject.Network).OfValues([.. rows.SelectMany(row => row)]);
        double[][] outputs = [.. rows.Select(row => subject.Network.Evaluate(row))];
        double[] expected = [.. outputs.SelectMany(a => outputs.Select(b => a.Zip(b, (p, q) => p * q).Average()))];
        return KernelCases.Distance(expected, found.Values);
    }
}
