using Crease.Models;

namespace Crease.Lab;

/// <summary>How many outputs a network has for what it is trained and tested with.</summary>
internal static class TrainingOutputs
{
    /// <summary>Number of classes, or of targets.</summary>
    /// <param name="sets">Sets with labels from 0, or with targets.</param>
    public static int Of(DataParts sets) => sets.Train.Targets is double[][] targets ? targets[0].Length : Math.Max(sets.Train.Classes, sets.Test?.Classes ?? 0);

    /// <summary>Number of tokens of sequences: the largest token or class of both sets and one.</summary>
    /// <param name="sets">Sets with labels, whose inputs are whole numbers from 0.</param>
    public static int Vocabulary(DataParts sets) => (int)Math.Max(Of(sets), 1 + Math.Max(Largest(sets.Train), sets.Test is null ? 0 : Largest(sets.Test)));

    private static double Largest(DataSet data) => data.Inputs.Max(row => row.Max());
}
