namespace Crease.Views;

/// <summary>How a token map is shown.</summary>
public sealed record TokenMapFigureOptions
{
    /// <summary>The last layer by sign.</summary>
    public static TokenMapFigureOptions Default { get; } = new();

    /// <summary>Title of the page.</summary>
    public string Title { get; init; } = "Tokens among the creases";

    /// <summary>A line below the title, for example the model; or null.</summary>
    public string? Subtitle { get; init; }

    /// <summary>What the colors say first.</summary>
    public TokenQuantity Quantity { get; init; }

    /// <summary>0-based layer that is shown first, or null for the last.</summary>
    public int? Layer { get; init; }

    /// <summary>Whether letters are masked, which the page then says.</summary>
    public bool IsMasked { get; init; }

    internal void Validate(TokenMap map)
    {
        if (!Enum.IsDefined(Quantity))
            throw new ArgumentException($"'{nameof(Quantity)}' is {(int)Quantity}; pass a member of {nameof(TokenQuantity)}.");
        if (Layer < 0 || Layer >= map.Layers)
            throw new ArgumentException($"'{nameof(Layer)}' is {Layer}; expected an integer in [0, {map.Layers}).");
    }
}
