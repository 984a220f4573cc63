namespace Crease.Lab;

/// <summary>What a piece of a template is.</summary>
internal enum TemplateTokenKind
{
    /// <summary>Text between tags.</summary>
    Text,

    /// <summary>Start of a value to write: <c>{{</c>.</summary>
    OpenValue,

    /// <summary>Start of a statement: <c>{%</c>.</summary>
    OpenStatement,

    /// <summary>End of either.</summary>
    Close,

    /// <summary>A name or keyword.</summary>
    Name,

    /// <summary>A text in quotes, without them.</summary>
    String,

    /// <summary>A number without its sign.</summary>
    Number,

    /// <summary>An operator or bracket.</summary>
    Sign,

    /// <summary>The end of the template.</summary>
    End,
}
