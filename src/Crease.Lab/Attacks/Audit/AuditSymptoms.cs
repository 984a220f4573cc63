using Crease.Certificates;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>The lines of an audit that look at the classifier itself, or at the same attack on a changed one.</summary>
internal sealed class AuditSymptoms(IClassifier classifier, IReadOnlyList<double[]> inputs, int[] labels, AttackOptions options, AttackResults found, AuditThresholds thresholds, RunContext run)
{
    private const double Probability = 1e-5, Difference = 1e-4;

    private const int Evaluations = 5, MostExactInputs = 10, MostExactRows = 20, MostDomains = 2000;

    private double Robust => found.RobustAccuracy;

    /// <summary>Whether accuracy stays the same from ε to three times that, below clean accuracy and above chance: a plateau no ball explains.</summary>
    public AuditLine Flatness()
    {
        double wider = Accuracy(classifier, options with { Epsilon = 3 * options.Epsilon }), chance = 1.0 / classifier.Classes;
        bool isFlat = Math.Abs(wider - Robust) <= thresholds.Flatness + AuditThresholds.Rounding && wider > chance && Robust < found.CleanAccuracy - thresholds.Flatness - AuditThresholds.Rounding;
        return new AuditLine("flatness", FormattableString.Invariant($"accuracy {Robust:P1} at epsilon {options.Epsilon:G4}, {wider:P1} at three times that, clean {found.CleanAccuracy:P1}"), !isFlat);
    }

    /// <summary>The same attack on logits whose median margin is 1: beyond margins of about 100 the softmax of large logits has no gradient.</summary>
    public AuditLine ScaledLogits()
    {
        double scale = MedianMargin();
        if (!(scale > 0))
            return new AuditLine("scaled logits", "no margin is above 0", true);
        double after = Accuracy(new ChangedClassifier(classifier, scale, isSingle: false), options);
        return new AuditLine("scaled logits", FormattableString.Invariant($"accuracy {after:P1} with logits divided by their median margin {scale:G3}, {Robust:P1} without"), Robust - after <= thresholds.ScaledLogits + AuditThresholds.Rounding);
    }

    /// <summary>The same attack in the other precision: logits and gradients rounded to float32, or, of an attack in float32, computed in float64.</summary>
    public AuditLine OtherPrecision()
    {
        bool isSingle = classifier.Precision == Precision.Bits32;
        double other = Accuracy(isSingle ? classifier.Exact : new ChangedClassifier(classifier, 1, isSingle: true), options);
        string finding = isSingle
            ? FormattableString.Invariant($"accuracy {Robust:P1} in single precision, {other:P1} with logits and gradients in double precision")
            : FormattableString.Invariant($"accuracy {Robust:P1} in double precision, {other:P1} with logits and gradients in single precision");
        return new AuditLine("precision", finding, Math.Abs(other - Robust) <= thresholds.Precision + AuditThresholds.Rounding);
    }

    /// <summary>Whether logits depend on random numbers and gradients are not averaged over them.</summary>
    public AuditLine Randomness()
    {
        const string name = "random classifier";
        IClassifierWorker worker = classifier.Worker();
        double[][] first = Logits(worker, 0);
        int[] right = new int[Evaluations];
        double most = 0;
        for (int draw = 0; draw < Evaluations; draw++)
        {
            double[][] logits = draw == 0 ? first : Logits(worker, draw);
            right[draw] = Enumerable.Range(0, inputs.Count).Count(row => Array.IndexOf(logits[row], logits[row].Max()) == labels[row]);
            for (int row = 0; row < inputs.Count; row++)
                most = Math.Max(most, Math.Sqrt(logits[row].Zip(first[row], (a, b) => (a - b) * (a - b)).Sum()) / Math.Max(Math.Sqrt(first[row].Sum(z => z * z)), 1e-300));
        }
        bool isRandom = right.Distinct().Count() > 1 || most > Difference;
        return new AuditLine(name, isRandom ? FormattableString.Invariant($"logits differ by {most:P1} between evaluations, and each gradient is the mean over {options.Attack.Settled(options).Averages} of them") : $"{Evaluations} evaluations agree", !isRandom || options.Attack.Settled(options).Averages > 1);
    }

    /// <summary>Whether the logits are probabilities, whose gradients vanish where the classifier is sure.</summary>
    public AuditLine Probabilities()
    {
        double[][] logits = Logits(classifier.Worker(), 0);
        bool areProbabilities = logits.All(row => row.Max() < 1 + Probability && row.Min() > -Probability && Math.Abs(row.Sum() - 1) < Probability);
        return new AuditLine("probabilities", areProbabilities ? "the outputs are probabilities: a softmax is inside" : "the outputs are no probabilities", !areProbabilities);
    }

    /// <summary>Whether the classes suffice for the losses of the attack.</summary>
    public AuditLine Classes() => new("classes", options.Attack.Remark(classifier.Classes) ?? options.Loss.Remark(classifier.Classes) ?? $"{classifier.Classes} classes suffice for {options.Attack.Name}", true);

    /// <summary>On small piecewise-affine networks, whether a complete search finds what the attack did not.</summary>
    public AuditLine ExactSearch()
    {
        const string name = "exact search";
        if (classifier is not NetworkClassifier { Network: var network } || classifier.Inputs > MostExactInputs || options.Criterion is TargetedMisclassification)
            return new AuditLine(name, $"for untargeted attacks on networks of at most {MostExactInputs} inputs", true);
        RobustnessCertifier certifier;
        try
        {
            certifier = new RobustnessCertifier(network);
        }
        catch (ArgumentException fault)
        {
            return new AuditLine(name, $"not done: {fault.Message}", true);
        }
        int[] rows = [.. Enumerable.Range(0, inputs.Count).Where(row => found.Inputs[row].IsRobust).Take(MostExactRows)];
        (double low, double high) = InputBox.Ends(options.Box);
        DistanceNorm norm = DistanceNorm.All.Single(each => each.Name == options.Distance.Name);
        var search = new VerificationOptions { MostDomains = MostDomains };
        Verdict[] verdicts = [.. rows.Select(row => certifier.Certify(row, inputs[row], labels[row], options.Epsilon, low, high, search, run, norm).Verdict)];
        int missed = verdicts.Count(verdict => verdict == Verdict.Violated);
        return new AuditLine(name, $"of {rows.Length} rows that resist {verdicts.Count(verdict => verdict == Verdict.Verified)} are proved, {missed} have a counterexample", missed <= thresholds.ExactSearch * inputs.Count + AuditThresholds.Rounding);
    }

    private double Accuracy(IClassifier changed, AttackOptions each) => Attacks.Run(changed, inputs, labels, each, run with { Progress = null }).RobustAccuracy;

    private double MedianMargin()
    {
        double[][] logits = Logits(classifier.Worker(), 0);
        double[] margins = [.. logits.Select((row, i) => row[labels[i]] - row.Where((_, other) => other != labels[i]).Max()).Where(margin => margin > 0).Order()];
        return margins.Length == 0 ? 0 : margins[margins.Length / 2];
    }

    private double[][] Logits(IClassifierWorker worker, int draw)
    {
        worker.Draw = draw;
        double[][] logits = [.. inputs.Select(input => worker.Logits(input, 1).ToArray())];
        worker.Draw = 0;
        return logits;
    }
}
