using Crease.Models;

namespace Crease.Lab;

/// <summary>Reads the questions of an audit.</summary>
public static class AuditQuestions
{
    /// <summary>Name of the bundled questions: everyday ones, with contexts written for Crease.</summary>
    public const string Example = "example:questions";

    private const string Resource = "everyday-questions.csv";
    private static readonly string[] JudgedNames = ["correct", "label"], Right = ["1", "true", "yes", "correct"], Wrong = ["0", "false", "no", "incorrect"];

    /// <summary>Reads questions.</summary>
    /// <param name="path">A <c>.csv</c> or <c>.jsonl</c> file with columns question, related and unrelated, and perhaps correct or label; or <see cref="Example"/>.</param>
    /// <exception cref="ModelException">The file cannot be read, or a column or a row is not as expected; the message is one line.</exception>
    public static IReadOnlyList<AuditRow> Read(string path)
    {
        if (path == Example)
            return Bundled();
        PromptFile file = PromptFile.Open(path, "question");
        int related = Column(file, "related"), unrelated = Column(file, "unrelated"), judged = file.Fields.IndexOf(JudgedNames[0]) is int found and >= 0 ? found : file.Fields.IndexOf(JudgedNames[1]);
        var rows = new List<AuditRow>();
        foreach (Prompt prompt in file.Read())
        {
            if (string.IsNullOrWhiteSpace(prompt.Text))
                throw new ModelException(file.Name, $"row {prompt.Row} has an empty question; expected text");
            rows.Add(new AuditRow(prompt.Text, prompt.Fields[related], prompt.Fields[unrelated], judged < 0 ? null : Judged(file.Name, prompt.Row, prompt.Fields[judged])));
        }
        return rows.Count > 0 ? rows : throw new ModelException(file.Name, "has no questions; expected at least one row");
    }

    private static List<AuditRow> Bundled()
    {
        using Stream stream = typeof(AuditQuestions).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new CsvRecords(new StreamReader(stream));
        var rows = new List<AuditRow>();
        while (reader.Next() is string[] record)
            rows.Add(new AuditRow(record[0], record[1], record[2]));
        return rows;
    }

    private static int Column(PromptFile file, string name) => file.Fields.IndexOf(name) is int column and >= 0
        ? column
        : throw new ModelException(file.Name, $"has no column '{name}'; expected question, related, unrelated, and perhaps correct or label");

    private static bool? Judged(string file, long row, string cell)
    {
        string word = cell.Trim().ToLowerInvariant();
        return word.Length == 0 ? null
            : Right.Contains(word) ? true
            : Wrong.Contains(word) ? false
            : throw new ModelException(file, $"row {row} is judged '{(word.Length <= 20 ? word : word[..20])}'; expected 1 or 0, true or false, yes or no, or nothing");
    }
}
