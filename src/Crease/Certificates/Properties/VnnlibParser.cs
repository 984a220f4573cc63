using System.Globalization;
using Crease.Models;
using Crease.Numerics;

namespace Crease.Certificates;

/// <summary>Reads the commands of a VNN-LIB text: declarations of X_i and Y_j, and assertions.</summary>
internal sealed class VnnlibParser(string name, string text)
{
    private const int MostVariables = 1 << 22, MostDepth = 64, MostParts = 1 << 22;

    private readonly VnnlibTokens _tokens = new(name, text);
    private readonly HashSet<int> _inputs = [], _outputs = [];
    private int _parts;

    /// <summary>Number of declared inputs.</summary>
    public int Inputs => _inputs.Count;

    /// <summary>Number of declared outputs.</summary>
    public int Outputs => _outputs.Count;

    /// <summary>The assertions, in order.</summary>
    public List<VnnlibFormula> Read()
    {
        var assertions = new List<VnnlibFormula>();
        for (string token = _tokens.Next(); token.Length > 0; token = _tokens.Next())
        {
            if (token != "(")
                throw _tokens.Fault($"found '{token}'; expected '(' and a command");
            string command = _tokens.Next();
            switch (command)
            {
                case "declare-const":
                    Declare();
                    break;
                case "declare-fun":
                    throw _tokens.Fault("declare-fun is not accepted; accepted are declare-const and assert");
                case "assert":
                    assertions.Add(Formula(0));
                    Close();
                    break;
                case "set-logic" or "set-info" or "set-option" or "check-sat" or "get-model" or "exit":
                    Skip();
                    break;
                default:
                    throw _tokens.Fault($"the command is '{command}'; accepted are declare-const and assert");
            }
        }
        Complete(_inputs, 'X');
        Complete(_outputs, 'Y');
        return assertions;
    }

    private void Declare()
    {
        string variable = _tokens.Next();
        (bool isInput, int index) = Variable(variable) ?? throw _tokens.Fault($"declares '{variable}'; accepted are X_0, X_1, ... and Y_0, Y_1, ...");
        string kind = _tokens.Next();
        if (kind != "Real")
            throw _tokens.Fault($"'{variable}' is declared as '{kind}'; accepted is Real");
        if (!(isInput ? _inputs : _outputs).Add(index))
            throw _tokens.Fault($"'{variable}' is declared twice");
        Close();
    }

    private VnnlibFormula Formula(int depth)
    {
        Expect("(", "a formula");
        if (depth > MostDepth || ++_parts > MostParts)
            throw _tokens.Fault($"formulas are nested deeper than {MostDepth} or more than {MostParts} in number");
        string operation = _tokens.Next();
        switch (operation)
        {
            case "and" or "or":
                var parts = new List<VnnlibFormula>();
                while (Peek() == "(")
                    parts.Add(Formula(depth + 1));
                Close();
                return new Joined(operation == "and", parts);
            case "<=" or ">=" or "<" or ">":
                LinearTerm left = Term(depth + 1), right = Term(depth + 1);
                Close();
                return Compared(operation[0] == '<' ? left.Minus(right) : right.Minus(left), operation.Length == 1);
            default:
                throw _tokens.Fault($"the operation is '{operation}'; accepted are <=, >=, <, >, and, or");
        }
    }

    // All in the form: sum at most 0.
    private VnnlibFormula Compared(LinearTerm term, bool isStrict)
    {
        if (term.Inputs.Count > 0 && term.Outputs.Count > 0)
            throw _tokens.Fault("an inequality compares inputs with outputs; accepted are bounds of single inputs and linear inequalities of outputs");
        if (term.Inputs.Count == 0)
        {
            if (term.Outputs.Count == 0)
                throw _tokens.Fault("an inequality holds no variable; expected X_i or Y_j");
            return new OutputBound(term.Outputs, term.Constant, isStrict);
        }
        (int index, double factor) = term.Inputs.First();
        if (term.Inputs.Count > 1 || Math.Abs(factor) != 1)
            throw _tokens.Fault("an inequality joins several inputs or multiplies one; accepted are bounds of single inputs such as (<= X_0 0.5)");
        // A strict bound of an input is taken as its closure when proving; a counterexample on the closure would not count.
        if (isStrict)
            throw _tokens.Fault("a bound of an input is strict; accepted are <= and >= for inputs");
        return factor > 0 ? new InputBound(index, true, term.Constant.Negated) : new InputBound(index, false, term.Constant);
    }

    private LinearTerm Term(int depth)
    {
        string token = Take();
        if (token != "(")
        {
            if (Variable(token) is (bool isInput, int index))
            {
                if (!(isInput ? _inputs : _outputs).Contains(index))
                    throw _tokens.Fault($"'{token}' is not declared");
                return LinearTerm.Of(isInput, index);
            }
            return LinearTerm.Of(DecimalNumber.Read(token) ?? throw _tokens.Fault($"found '{token}'; expected a variable or a finite decimal number"));
        }
        if (depth > MostDepth || ++_parts > MostParts)
            throw _tokens.Fault($"terms are nested deeper than {MostDepth} or more than {MostParts} in number");
        string operation = Take();
        if (operation is not ("+" or "-" or "*"))
            throw _tokens.Fault($"the operation is '{operation}'; accepted are +, - and *");
        LinearTerm sum = Term(depth + 1);
        bool isAlone = true;
        for (; Peek() != ")"; isAlone = false)
        {
            LinearTerm next = Term(depth + 1);
            sum = operation switch
            {
                "+" => sum.Minus(next.Times(-1)),
                "-" => sum.Minus(next),
                _ => sum.IsNumber ? next.Times(Factor(sum)) : next.IsNumber ? sum.Times(Factor(next)) : throw _tokens.Fault("two variables are multiplied; accepted are linear terms"),
            };
            sum = sum.IsFinite ? sum : throw _tokens.Fault("a term is not finite, or is not a number of float64; accepted are sums whose coefficients are");
        }
        Close();
        return isAlone && operation == "-" ? sum.Times(-1) : sum;
    }

    private double Factor(LinearTerm term) => term.Constant.IsExact
        ? term.Constant.Below
        : throw _tokens.Fault("a factor is not a number of float64; accepted are factors such as 1, -2 or 0.5");

    private (bool IsInput, int Index)? Variable(string token)
    {
        if (token.Length < 3 || token[0] is not ('X' or 'Y') || token[1] != '_' || !int.TryParse(token.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out int index))
            return null;
        return index < MostVariables ? (token[0] == 'X', index) : throw _tokens.Fault($"the variable is '{token}'; accepted are indices below {MostVariables}");
    }

    private void Complete(HashSet<int> declared, char letter)
    {
        if (declared.Count == 0)
            throw new ModelException(name, $"declares no {letter}_i; expected a line such as (declare-const {letter}_0 Real)");
        int most = declared.Max();
        if (most != declared.Count - 1)
            throw new ModelException(name, $"declares {declared.Count} of {letter}_0 to {letter}_{most}; expected all of them");
    }

    private string? _ahead;

    private string Peek() => _ahead ??= _tokens.Next();

    private string Take()
    {
        string token = Peek();
        _ahead = null;
        return token.Length > 0 ? token : throw _tokens.Fault("the text ends within a command");
    }

    private void Expect(string token, string what)
    {
        string found = Take();
        if (found != token)
            throw _tokens.Fault($"found '{found}'; expected '{token}' and {what}");
    }

    private void Close()
    {
        string found = Take();
        if (found != ")")
            throw _tokens.Fault($"found '{found}'; expected ')'");
    }

    private void Skip()
    {
        for (int depth = 1; depth > 0;)
            depth += Take() switch { "(" => 1, ")" => -1, _ => 0 };
    }
}
