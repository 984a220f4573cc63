using Crease.Certificates;
using Crease.Models;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Certificates;

/// <summary>VNN-LIB texts: what is read, what is refused with one line, and that no damaged text does harm.</summary>
public sealed class VnnlibTests
{
    private const string Declared = "(declare-const X_0 Real)\n(declare-const X_1 Real)\n(declare-const Y_0 Real)\n(declare-const Y_1 Real)\n";
    private const string Box = "(assert (<= X_0 1)) (assert (>= X_0 0)) (assert (and (<= X_1 0.1) (>= X_1 -1e-1)))\n";

    [Fact]
    public void Boxes_and_sets_of_outputs_are_multiplied_out()
    {
        SafetyProperty found = Vnnlib.Parse(Declared + Box + "(assert (or (and (<= Y_0 Y_1) (>= Y_0 2)) (>= (- (* 2 Y_1) Y_0 1) 0)))", "p");
        PropertyCase only = Assert.Single(found.Cases);
        Assert.Equal([2, 1], only.Unsafe.Select(set => set.Length));
        Assert.Equal([1.0, -1.0], only.Unsafe[0][0].Coefficients);
        Assert.Equal(0, only.Unsafe[0][0].ConstantBelow);
        Assert.Equal([1.0, -2.0], only.Unsafe[1][0].Coefficients);
        Assert.Equal(1, only.Unsafe[1][0].ConstantBelow);
        // 0.1 is no double: proofs are for the box around it, counterexamples lie within.
        Assert.True(only.Region.Upper[1] >= 0.1 && only.InnerUpper[1] < only.Region.Upper[1]);
        Assert.True(only.InnerLower[1] > only.Region.Lower[1]);
        Assert.Equal(1, only.InnerUpper[0]);
        SafetyProperty two = Vnnlib.Parse(Declared + "(assert (or (and (<= X_0 1) (>= X_0 0)) (and (<= X_0 3) (>= X_0 2))))(assert (<= X_1 0))(assert (>= X_1 0))(assert (or (<= Y_0 0) (<= Y_1 0)))", "p");
        Assert.Equal([2, 2], two.Cases.Select(each => each.Unsafe.Length));
        Assert.Empty(Vnnlib.Parse(Declared + "(assert (<= X_0 1))(assert (>= X_0 2))(assert (<= X_1 0))(assert (>= X_1 0))(assert (<= Y_0 0))", "p").Cases);
    }

    [Theory]
    [InlineData("", "declares no X_i")]
    [InlineData("(declare-const X_0 Int)", "line 1: 'X_0' is declared as 'Int'")]
    [InlineData("(declare-const Z Real)", "declares 'Z'")]
    [InlineData("(declare-const X_0 Real)(declare-const X_0 Real)", "declared twice")]
    [InlineData("(declare-const X_1 Real)(declare-const Y_0 Real)(assert (<= X_1 0))", "expected all of them")]
    [InlineData(Declared + "(assert (<= X_0 1))", "leaves X_0 without a lower bound")]
    [InlineData(Declared + Box + "(assert (<= X_0 Y_0))", "compares inputs with outputs")]
    [InlineData(Declared + Box + "(assert (<= X_0 X_1))", "joins several inputs")]
    [InlineData(Declared + Box + "(assert (<= Y_0 nan))", "found 'nan'")]
    [InlineData(Declared + Box + "(assert (<= Y_0 1e999))", "found '1e999'")]
    [InlineData(Declared + Box + "(assert (<= (* Y_0 Y_1) 1))", "two variables are multiplied")]
    [InlineData(Declared + Box + "(assert (<= (* 0.1 Y_1) 1))", "a factor is not a number of float64")]
    [InlineData(Declared + Box + "(assert (= Y_0 1))", "the operation is '='")]
    [InlineData(Declared + Box + "(assert (<= Y_0 1)", "the text ends within a command")]
    [InlineData(Declared + Box + "(assert (<= Y_5 1))", "'Y_5' is not declared")]
    [InlineData(Declared + Box + "(frob)", "the command is 'frob'")]
    [InlineData("hello", "expected '(' and a command")]
    public void Texts_that_are_no_property_are_refused_in_one_line(string text, string message)
    {
        ModelException fault = Assert.Throws<ModelException>(() => Vnnlib.Parse(text, "p.vnnlib"));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public void Damaged_and_hostile_texts_are_read_or_refused()
    {
        string text = Declared + Box + "(assert (or (and (<= Y_0 Y_1)) (and (>= Y_1 -3.5))))";
        var random = new RandomSource(1);
        int refused = 0;
        for (int i = 0; i < 3000; i++)
        {
            char[] damaged = text.ToCharArray();
            for (int k = 0; k <= i % 4; k++)
                damaged[random.Index(damaged.Length)] = "()XY_<=>0e- \n;"[random.Index(14)];
            try
            {
                Vnnlib.Parse(new string(damaged, 0, 1 + random.Index(damaged.Length)), "p");
            }
            catch (ModelException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 1000, 3000);
        string choice = "(assert (or (<= Y_0 0) (<= Y_1 0) (>= Y_0 5)))";
        Assert.Throws<ModelException>(() => Vnnlib.Parse(Declared + Box + string.Concat(Enumerable.Repeat(choice, 40)), "p"));
        Assert.Throws<ModelException>(() => Vnnlib.Parse(Declared + "(assert " + string.Concat(Enumerable.Repeat("(and ", 100_000)), "p"));
    }

    [Theory]
    [InlineData("0.5", true)]
    [InlineData("0.1", false)]
    [InlineData("-1e-3", false)]
    [InlineData("123456789012345678901234567890", false)]
    [InlineData("-0.0", true)]
    public void Decimal_numbers_lie_between_neighboring_doubles(string text, bool isExact)
    {
        DecimalNumber number = DecimalNumber.Read(text)!.Value;
        Assert.Equal(isExact, number.IsExact);
        Assert.True(isExact || Math.BitIncrement(number.Below) == number.Above);
    }

    [Fact]
    public void Verdicts_of_the_competition_are_reached_on_some_instances()
    {
        foreach ((string model, string property, Verdict expected) in new[] { ("1_1", "prop_4", Verdict.Verified), ("1_7", "prop_3", Verdict.Violated), ("2_4", "prop_3", Verdict.Verified), ("3_1", "prop_3", Verdict.Verified) })
        {
            string folder = SharedData.Path("networks", "vnncomp", "acasxu");
            var verifier = new PropertyVerifier(Model.Load(System.IO.Path.Combine(folder, "onnx", $"ACASXU_run2a_{model}_batch_2000.onnx.gz")));
            SafetyProperty read = Vnnlib.Load(System.IO.Path.Combine(folder, "vnnlib", property + ".vnnlib.gz"));
            Assert.Equal(expected, verifier.Decide(read, new VerificationOptions { TimeLimit = 600 }).Verdict);
        }
    }
}
