using System.Collections.Immutable;
using Crease.Measures;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>A network before and after quantization to several numbers of bits: accuracy, accuracy under attack, what is proved, and how codes and distances change.</summary>
/// <remarks>
/// Source: the losses of <c>song2020quantized</c> as its abstract names them. Every network is attacked by its own gradients, which rounding of weights leaves exact; that the attack fails more often on few bits may
/// still be masking and not robustness (<c>bernhard2019impact</c>), so that an audit stands beside every number, with the adversarial inputs of the network before quantization as one of its lines.
/// </remarks>
public sealed class QuantizationCurve
{
    private QuantizationCurve(QuantizedResult before, ImmutableArray<QuantizedResult> results, ImmutableArray<double> epsilons, ImmutableArray<string> remarks) => (Before, Results, Epsilons, Remarks) = (before, results, epsilons, remarks);

    /// <summary>The network that is quantized, batch normalizations folded.</summary>
    public QuantizedResult Before { get; }

    /// <summary>One entry per number of bits, in the order of the options.</summary>
    public ImmutableArray<QuantizedResult> Results { get; }

    /// <summary>Radii of the attack.</summary>
    public ImmutableArray<double> Epsilons { get; }

    /// <summary>What was not measured and why, one sentence each.</summary>
    public ImmutableArray<string> Remarks { get; }

    /// <summary>Measures.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">One array per input, each of shape [inputs], finite; empty to quantize only.</param>
    /// <param name="labels">The true classes, or null; an attack needs them.</param>
    /// <param name="options">What to measure.</param>
    /// <param name="run">Threads and cancellation; null for the defaults. Results do not depend on the number of threads.</param>
    /// <exception cref="ArgumentException">Options, inputs or labels are out of range; the message is one line.</exception>
    /// <exception cref="InvalidOperationException">A logit or a gradient is not finite.</exception>
    public static QuantizationCurve Of(Network network, IReadOnlyList<double[]> inputs, int[]? labels, QuantizationCurveOptions options, RunContext? run = null)
    {
        run = (run ?? RunContext.Default) with { Progress = null };
        if (options.Bits.IsEmpty)
            throw new ArgumentException("no bits are asked for; expected at least one number, 1 to 16", nameof(options));
        QuantizedNetwork[] quantized = [.. options.Bits.Select(bits => QuantizedNetwork.Of(network, options.Grid with { Bits = bits }))];
        var before = new QuantizedResult { Network = QuantizedNetwork.Prepared(network) };
        QuantizedResult[] after = [.. quantized.Select((each, i) => new QuantizedResult { Bits = options.Bits[i], Network = each.Network, Layers = each.Layers })];
        if (inputs.Count == 0)
            return new QuantizationCurve(before, [.. after], [], []);
        if (options.Attack is not null && (labels is null || options.Epsilons.IsEmpty))
            throw new ArgumentException("an attack needs the true class of each input and at least one epsilon", nameof(labels));
        var remarks = ImmutableArray.CreateBuilder<string>();
        SampleCodes? codes = null;
        try
        {
            codes = SampleCodes.Of(before.Network, inputs, options.Distances, run);
        }
        catch (NotSupportedException fault)
        {
            remarks.Add($"regions and distances are not measured: {fault.Message}");
        }
        var measured = new Measured(inputs, labels, options, codes, run, remarks);
        (before, AttackResults[] attacked) = measured.Of(before, null);
        return new QuantizationCurve(before, [.. after.Select(each => measured.Of(each, attacked).Result)], options.Attack is null ? [] : options.Epsilons, [.. remarks.Distinct()]);
    }

    /// <summary>One data set and its options, for one network after the other.</summary>
    private sealed class Measured(IReadOnlyList<double[]> inputs, int[]? labels, QuantizationCurveOptions options, SampleCodes? codes, RunContext run, ImmutableArray<string>.Builder remarks)
    {
        public (QuantizedResult Result, AttackResults[] Attacked) Of(QuantizedResult result, AttackResults[]? before)
        {
            var classifier = new NetworkClassifier(result.Network);
            if (labels is not null)
                result = result with { Accuracy = PredictedClasses.Right(classifier, inputs, labels, run).Count(isRight => isRight) / (double)inputs.Count };
            if (codes is not null && result.Bits is not null)
                result = result with { Change = CodeChange.Of(codes, SampleCodes.Of(result.Network, inputs, options.Distances, run)) };
            if (options.Attack is not AttackOptions attack)
                return (result, []);
            RobustAccuracy found = RobustAccuracy.Of(classifier, inputs, labels!, attack, options.Epsilons, run);
            result = result with { Robust = [.. found.Results.Select(each => each.RobustAccuracy)] };
            bool[][] transferred = before is null ? [] : [.. before.Select(each => PredictedClasses.Right(classifier, each.Points(), labels!, run))];
            // Inputs that are classified wrong anyway are left where they are by the attack.
            result = result with { Transferred = [.. transferred.Select((right, e) => right.Where((isRight, i) => isRight && IsRight(found.Results[e], i)).Count() / (double)inputs.Count)] };
            int largest = options.Epsilons.IndexOf(options.Epsilons.Max());
            if (options.Audit)
                result = result with { Audit = [.. MaskingAudit.Of(classifier, inputs, labels!, attack with { Epsilon = options.Epsilons[largest] }, run: run, found: found).Lines, .. before is null ? [] : new[] { Line(found.Results[largest], transferred[largest]) }] };
            return (Certified(result, attack), [.. found.Results]);
        }

        private static bool IsRight(AttackResults found, int i) => found.Inputs[i].CleanClass == found.Inputs[i].Label;

        private static AuditLine Line(AttackResults own, bool[] transferred)
        {
            double more = transferred.Where((isRight, i) => !isRight && own.Inputs[i].IsRobust).Count() / (double)transferred.Length;
            return new AuditLine("transfer", FormattableString.Invariant($"adversarial inputs of the network before quantization fool {100 * more:F1} % of the inputs that its own do not"), more <= new AuditThresholds().BlackBox);
        }

        private QuantizedResult Certified(QuantizedResult result, AttackOptions attack)
        {
            if (attack.Distance != Attacks.Linf)
            {
                remarks.Add($"nothing is certified: bounds are for linf, and the attack is in {attack.Distance.Name}");
                return result;
            }
            try
            {
                (ImmutableArray<double> intervals, ImmutableArray<double> relaxed) = CertifiedShares.Of(result.Network, inputs, labels!, options.Epsilons, attack.Box, run);
                return result with { CertifiedByIntervals = intervals, Certified = relaxed };
            }
            catch (ArgumentException fault)
            {
                remarks.Add($"nothing is certified: {fault.Message}");
                return result;
            }
        }
    }
}
