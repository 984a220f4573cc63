namespace Crease.Measures;

/// <summary>What one row of a count of operations stands for.</summary>
public enum OperationGrouping
{
    /// <summary>One layer, or one part of a model.</summary>
    Layer,

    /// <summary>All layers of one kind, such as convolutions.</summary>
    Operator,

    /// <summary>All layers whose names begin alike: the name up to its last dot or slash, as frameworks name what is in a module.</summary>
    Module,
}
