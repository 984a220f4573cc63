using Crease.Lab;
using static Crease.Studio.OptionKind;

namespace Crease.Studio;

/// <summary>Every option of a training as a field, ranges as <see cref="TrainingOptions.Check"/> has them.</summary>
internal static class OptionFields
{
    // Beyond it a browser's numbers skip some.
    private const double LargestSeed = 9007199254740991;

    private static readonly OptionField.OptionCondition Sgd = new("optimizer.kind", ["sgd"]), Adam = new("optimizer.kind", ["adam", "adamW"]),
        Stepped = new("schedule.kind", ["step"]), Cosine = new("schedule.kind", ["cosine"]), Squares = new("loss", ["meanSquaredError"]);

    /// <summary>All fields, in the order of the form.</summary>
    public static IReadOnlyList<OptionField> All { get; } =
    [
        .. Under("Data",
            new("data.data", "Data", Text, "A data set at hand, a file, or a generator.") { IsMain = true, Words = "data" },
            new("data.test", "Test data", Text, "Another data set to test with.") { Words = "data", Empty = "the test part, or the rows that are not trained on" },
            new("data.samples", "Training rows", Whole, "How many rows are trained on, picked at random.") { Unit = "rows", Low = 1, Empty = "all, or four in five" },
            new("data.labelNoise", "Label noise", Number, "Share of training labels that are drawn anew, 0 to 1.") { Low = 0, High = 1 },
            new("data.targets", "Targets", Whole, "How many of the last columns a regression predicts; 0 takes the labels.") { Unit = "columns", Low = 0, When = Squares },
            new("data.targetsAreInputs", "Reconstruct inputs", Flag, "The inputs are the targets: an autoencoder.") { When = Squares, Says = "targets" },
            new("data.shape", "Shape of inputs", Wholes, "Such as 1, 28, 28 for gray images.") { Low = 1, Empty = "one axis, or square images" }),
        .. Under("Network",
            new("network.net", "Network", Text, "Widths from input to output such as 64-32-32-10, or cnn:, resnet18:, gpt:.") { IsMain = true, Words = "nets" },
            new("network.activation", "Activation", Word, "What stands between the linear layers.") { IsMain = true, Words = "activation", Empty = "as the network has it" },
            new("network.batchNormalization", "Batch normalization", Flag, "Normalize before each activation."),
            new("network.normalize", "Normalize inputs", Flag, "Start with a fixed scale and shift to mean 0 and deviation 1 per channel."),
            new("network.beta", "Softness", Text, "Soft units instead of hard ones: a number between 0 and 1, or learned, learned:layer, learned:unit (per channel behind a convolution).") { Empty = "hard units" },
            new("network.initialScale", "Initial scale", Number, "All first weights times this; 8 makes generalization late.") { Low = 0, IsLowOpen = true }),
        .. Under("Training",
            new("steps", "Steps", Whole, "How long to train.") { IsMain = true, Unit = "steps", Low = 1, High = TrainingOptions.MostSteps },
            new("batch", "Batch", Whole, "Rows per step; 0 takes all rows in every step.") { IsMain = true, Unit = "rows", Low = 0 },
            new("loss", "Loss", Word, "What is made small.") { IsMain = true, Words = "loss" },
            new("templatePenalty", "Template penalty", Number, "Weight of the penalty on products of templates, which makes them orthogonal.") { Low = 0 },
            new("penaltyForm", "Penalty form", Word, "Which products the template penalty takes.") { Words = "penaltyForm" },
            new("seed", "Seed", Whole, "Seed of every random choice: the same seed gives the same bytes.") { Low = 0, High = LargestSeed },
            new("precision", "Precision", Word, "Floating-point format.") { Words = "precision" },
            new("device", "Device", Word, "Where tensors live.") { Words = "device" },
            new("threads", "Threads", Whole, "Threads of libtorch; the same number gives the same bytes.") { Low = 1, High = 1024 }),
        .. Under("Optimizer",
            new("optimizer.kind", "Optimizer", Word, "How gradients become steps.") { IsMain = true, Words = "optimizer" },
            new("optimizer.rate", "Learning rate", Number, "Largest rate of the schedule.") { IsMain = true, Low = 0, IsLowOpen = true },
            new("optimizer.weightDecay", "Weight decay", Number, "Added to the gradient by SGD and Adam, taken from the weights by AdamW.") { IsMain = true, Low = 0 },
            new("optimizer.momentum", "Momentum", Number, "Of SGD, below 1.") { Low = 0, High = 1, IsHighOpen = true, When = Sgd },
            new("optimizer.nesterov", "Nesterov", Flag, "Look ahead along the momentum.") { When = Sgd, Says = "nesterov" },
            new("optimizer.beta1", "Beta 1", Number, "Decay of the mean of gradients, below 1.") { Low = 0, High = 1, IsHighOpen = true, When = Adam, Says = "betas" },
            new("optimizer.beta2", "Beta 2", Number, "Decay of the mean of squared gradients, below 1.") { Low = 0, High = 1, IsHighOpen = true, When = Adam, Says = "betas" },
            new("optimizer.epsilon", "Epsilon", Number, "Added to Adam's root.") { Low = 0, IsLowOpen = true, When = Adam, Says = "betas" },
            new("optimizer.clip", "Clip", Number, "Largest norm of the gradient of all weights together.") { Low = 0, IsLowOpen = true, Empty = "no limit" }),
        .. Under("Schedule",
            new("schedule.kind", "Schedule", Word, "How the learning rate changes.") { Words = "schedule" },
            new("schedule.warmup", "Warm-up", Whole, "The rate rises linearly over so many first steps.") { Unit = "steps", Low = 0 },
            new("schedule.stepLength", "Lower every", Whole, "The rate is lowered after so many steps.") { Unit = "steps", Low = 1, When = Stepped },
            new("schedule.stepFactor", "Lower by factor", Number, "Above 0, at most 1.") { Low = 0, IsLowOpen = true, High = 1, When = Stepped },
            new("schedule.cosineFloor", "Floor", Number, "Lowest rate as a share of the largest, 0 to 1.") { Low = 0, High = 1, When = Cosine }),
        .. Under("Augmentation",
            new("augmentation.shift", "Shift", Whole, "Images move by up to so many pixels along each axis.") { Unit = "pixels", Low = 0 },
            new("augmentation.flip", "Mirror", Flag, "Mirror each image left to right with probability one half."),
            new("augmentation.noise", "Noise", Number, "Gaussian noise of this deviation on every number of every input, in input units.") { Low = 0 }),
        .. Under("Adversarial training",
            new("adversarial.epsilon", "Adversarial radius", Number, "Batches are moved within this distance in L∞, in input units, so that their loss rises; 0 learns them as they are.") { Low = 0, Says = "adversarial epsilon" },
            new("adversarial.steps", "Adversarial steps", Whole, "Gradient steps for every batch.") { Unit = "steps", Low = 1, High = 1000, Says = "adversarial epsilon" }),
        .. Under("What is kept",
            new("metrics", "Metrics", Text, "When loss and accuracy are written: published, log:N, every:N or ends.") { Words = "cadences" },
            new("checkpoints", "Checkpoints", Text, "When the network is kept, to scrub through later and to measure.") { Words = "cadences" },
            new("metricSamples", "Rows of metrics", Whole, "How many rows of each set metrics look at.") { Unit = "rows", Low = 1, Says = "metric samples" }),
    ];

    private static IEnumerable<OptionField> Under(string group, params ReadOnlySpan<OptionField> fields)
    {
        OptionField[] headed = fields.ToArray();
        return headed.Select(field => field with { Group = group });
    }
}
