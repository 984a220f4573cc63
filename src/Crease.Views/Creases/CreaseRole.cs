namespace Crease.Views;

/// <summary>How the creases of a trace look.</summary>
public enum CreaseRole
{
    /// <summary>What the panel is about: blue.</summary>
    Current,

    /// <summary>Creases of earlier layers: gray, behind.</summary>
    Earlier,

    /// <summary>One of many partitions over each other: faint blue.</summary>
    OneOfMany,

    /// <summary>The decision boundary: thick and orange.</summary>
    Boundary,

    /// <summary>One of many decision boundaries over each other: faint orange.</summary>
    BoundaryOfMany,

    /// <summary>The decision boundary of another network, for comparison: thin and black.</summary>
    OtherBoundary,
}
