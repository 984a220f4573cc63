using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;

namespace Crease.Lab;

/// <summary>Trains rules by ML.NET on rows in which both classes weigh alike.</summary>
/// <remarks>One thread each: with more, the trainers add numbers in another order. Parallel calls are several trainings.</remarks>
internal static class ProbeTraining
{
    /// <summary>The rule of the source for the least rows in a leaf.</summary>
    public const int SourceLeafRows = 100, LeastForestRows = 40;

    private const int MostLeaves = 4096;

    /// <summary>Trains a rule.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="training">Rows to learn from; both classes are there.</param>
    /// <param name="labels">Whether a row is of the class. Shape [training].</param>
    /// <param name="options">What to train.</param>
    /// <param name="seed">Seed of the forest.</param>
    public static ProbeScorer Train(IProbeRows rows, int[] training, bool[] labels, ProbeOptions options, int seed)
    {
        var context = new MLContext(seed);
        int positives = labels.Count(label => label);
        float[] weights = [training.Length / (2f * (training.Length - positives)), training.Length / (2f * positives)];
        SchemaDefinition schema = SchemaDefinition.Create(typeof(MlRow));
        schema[nameof(MlRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows.Width);
        IDataView data = context.Data.LoadFromEnumerable(training.Select((row, i) => new MlRow { Label = labels[i], Weight = weights[labels[i] ? 1 : 0], Features = rows.Vector(row) }).ToArray(), schema);
        return options.Kind == ProbeKind.Logistic ? Logistic(context, data, options) : Forest(context, data, rows.Width, training.Length, options, seed);
    }

    /// <summary>Least rows in a leaf for a number of training rows: those asked for, or 100 and at most a twentieth of the rows.</summary>
    /// <exception cref="ArgumentException">There are too few rows for a forest.</exception>
    public static int LeafRows(ProbeOptions options, int training)
    {
        if (training < LeastForestRows)
            throw new ArgumentException($"a forest has {training} training rows; expected at least {LeastForestRows}, or logistic regression");
        if (options.LeafRows > training / 2)
            throw new ArgumentException($"a forest has {training} training rows and leaves of at least {options.LeafRows}, so no tree can split; expected at most {training / 2} rows in a leaf");
        return options.LeafRows ?? Math.Min(SourceLeafRows, Math.Max(2, training / 20));
    }

    private static LogisticScorer Logistic(MLContext context, IDataView data, ProbeOptions options)
    {
        LbfgsLogisticRegressionBinaryTrainer trainer = context.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
        {
            ExampleWeightColumnName = nameof(MlRow.Weight),
            L1Regularization = 0,
            L2Regularization = (float)options.Penalty,
            OptimizationTolerance = 1e-8f,
            MaximumNumberOfIterations = options.Iterations,
            NumberOfThreads = 1,
        });
        LinearBinaryModelParameters model = trainer.Fit(data).Model.SubModel;
        return new LogisticScorer([.. model.Weights.Select(weight => (double)weight)], model.Bias);
    }

    private static ForestScorer Forest(MLContext context, IDataView data, int width, int count, ProbeOptions options, int seed)
    {
        int leafRows = LeafRows(options, count);
        FastForestBinaryTrainer trainer = context.BinaryClassification.Trainers.FastForest(new FastForestBinaryTrainer.Options
        {
            ExampleWeightColumnName = nameof(MlRow.Weight),
            NumberOfTrees = options.Trees,
            MinimumExampleCountPerLeaf = leafRows,
            NumberOfLeaves = Math.Clamp(count / leafRows, 2, MostLeaves),
            // A share per tree could leave a tree without any feature.
            FeatureFraction = 1,
            FeatureFractionPerSplit = width < LayerFeatures.Count ? 1 : Math.Sqrt(width) / width,
            NumberOfThreads = 1,
            Seed = seed,
            FeatureSelectionSeed = seed,
        });
        IReadOnlyList<RegressionTreeBase> trees = trainer.Fit(data).Model.TrainedTreeEnsemble.Trees;
        // A tree that found nothing to split by is left out by ML.NET.
        return new ForestScorer(trees.Count == 0 ? [new DecisionTree([], [], [], [], [0])] : [.. trees.Select(Plain)]);
    }

    private static DecisionTree Plain(RegressionTreeBase tree) => new(
        [.. tree.NumericalSplitFeatureIndexes],
        [.. tree.NumericalSplitThresholds.Select(threshold => (double)threshold)],
        [.. tree.LeftChild],
        [.. tree.RightChild],
        [.. tree.LeafValues]);
}
