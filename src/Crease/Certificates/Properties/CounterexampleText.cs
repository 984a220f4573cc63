using System.Globalization;
using System.Text;

namespace Crease.Certificates;

/// <summary>A counterexample in the format of the verification competition: the verdict, then one pair in parentheses per input and output.</summary>
public static class CounterexampleText
{
    /// <summary>The text: <c>sat</c> and the pairs, <c>unsat</c>, or <c>unknown</c>.</summary>
    public static string Of(Verification found)
    {
        if (found.Verdict != Verdict.Violated)
            return found.Verdict == Verdict.Verified ? "unsat\n" : "unknown\n";
        var text = new StringBuilder("sat\n");
        for (int i = 0; i < found.Counterexample.Length; i++)
            text.Append(i == 0 ? "((X_" : "(X_").Append(i).Append(' ').Append(found.Counterexample[i].ToString("R", CultureInfo.InvariantCulture)).Append(")\n");
        for (int i = 0; i < found.CounterexampleOutputs.Length; i++)
            text.Append("(Y_").Append(i).Append(' ').Append(found.CounterexampleOutputs[i].ToString("R", CultureInfo.InvariantCulture)).Append(i == found.CounterexampleOutputs.Length - 1 ? "))\n" : ")\n");
        return text.ToString();
    }
}
