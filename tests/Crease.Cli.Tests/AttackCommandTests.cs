using System.Text;
using System.Text.Json;
using Crease.Models;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary><c>crease attack</c>: documents, tables, files, wrong calls.</summary>
public sealed class AttackCommandTests : IDisposable
{
    private static readonly string[] Digits = ["attack", "example:digits", "--data", "example:digits", "--epsilon", "1/16,0.125", "--samples", "30"];

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Document_says_settings_accuracies_and_doubts()
    {
        JsonElement document = Call.Of([.. Digits, "--random-start", "--restarts", "2", "--seed", "7", "--json"]).Json();
        Documents.CheckCommon(document, 7, "sampled");
        Assert.Equal(("pgd", "linf", "cross-entropy", "misclassification"), (Text("attack"), Text("norm"), Text("loss"), Text("criterion")));
        Assert.Equal(("input", "range of the data", "upper"), (Text("unit"), Text("boxSource"), Text("bound")));
        Assert.Equal([0, 1], document.GetProperty("box").EnumerateArray().Select(end => end.GetDouble()));
        Assert.Equal((30, 10, 40, 2), (Number("samples"), Number("classes"), Number("steps"), Number("restarts")));
        JsonElement[] epsilons = [.. document.GetProperty("epsilons").EnumerateArray()];
        Assert.Equal([0.0625, 0.125], epsilons.Select(each => each.GetProperty("epsilon").GetDouble()));
        double[] accuracies = [document.GetProperty("cleanAccuracy").GetDouble(), .. epsilons.Select(each => each.GetProperty("robustAccuracy").GetDouble())];
        Assert.Equal(accuracies.OrderDescending(), accuracies);
        Assert.True(accuracies[2] < accuracies[1]);
        Assert.Equal((0, 0), (document.GetProperty("zeroGradients").GetProperty("crossEntropy").GetDouble(), document.GetProperty("zeroGradients").GetProperty("margin").GetDouble()));
        Assert.True(document.GetProperty("monotone").GetBoolean());
        Assert.Equal(0, document.GetProperty("warnings").GetArrayLength());

        string Text(string name) => document.GetProperty(name).GetString()!;
        int Number(string name) => document.GetProperty(name).GetInt32();
    }

    [Fact]
    public void Table_is_short_and_aligned_and_says_box_norm_and_unit()
    {
        Call made = Call.Of([.. Digits, "--preset", "torchattacks", "--norm", "l2"]);
        Assert.Equal((0, ""), (made.Status, made.Errors));
        Assert.All(made.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.True(line[18] == ' ' && line[19] != ' ', line));
        Assert.Contains("pgd in L2, cross-entropy loss, 10 steps of 0.007843, random start, 1 restart, for misclassification (preset torchattacks)", made.Output, StringComparison.Ordinal);
        Assert.Contains("[0, 1] (range of the data); epsilon is in the units of the input", made.Output, StringComparison.Ordinal);
        Assert.Contains("warning            10 steps of 0.007843 reach 0.07843 of epsilon 0.125: raise the steps or the step size", made.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Warnings_go_to_stderr_beside_a_document()
    {
        using var errors = new StringWriter();
        Call made = Call.Of(errors, [.. Digits, "--box", "none", "--json"]);
        Assert.Contains("warning: no clipping", made.Errors, StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, made.Json().GetProperty("box").ValueKind);
    }

    [Fact]
    public void Files_hold_what_the_document_counts()
    {
        Call made = Call.Of([.. Digits, "--json", "-o", _folder["a.csv"], "-o", _folder["a.npz"], "-o", _folder["a.json"]]);
        JsonElement[] epsilons = [.. made.Json().GetProperty("epsilons").EnumerateArray()];
        string[] rows = File.ReadAllLines(_folder["a.csv"]);
        Assert.Equal("epsilon,index,label,cleanClass,adversarialClass,success,distance,gradients,queries,nearest,method,precision", rows[0]);
        Assert.Equal(1 + 2 * 30, rows.Length);
        string[][] cells = [.. rows.Skip(1).Select(row => row.Split(','))];
        Npy[] arrays = Npz.Read(_folder["a.npz"], "adversarial", "success", "distances", "epsilons", "labels", "clean_classes", "adversarial_classes");
        Assert.Equal([2, 30, 64], arrays[0].Extents);
        Assert.Equal([0.0625, 0.125], arrays[3].Values);
        DataSet data = DataSource.Load("example:digits");
        for (int e = 0; e < 2; e++)
        {
            string[][] part = cells[(e * 30)..(e * 30 + 30)];
            Assert.Equal(epsilons[e].GetProperty("successes").GetInt32(), part.Count(row => row[5] == "1"));
            Assert.Equal(epsilons[e].GetProperty("robustAccuracy").GetDouble(), part.Count(row => row[2] == row[3] && row[5] == "0") / 30.0);
            for (int i = 0; i < 30; i++)
            {
                Assert.Equal(part[i][5], arrays[1].Values[e * 30 + i].ToString(System.Globalization.CultureInfo.InvariantCulture));
                double worst = Enumerable.Range(0, 64).Max(k => Math.Abs(arrays[0].Values[(e * 30 + i) * 64 + k] - data.Inputs[i][k]));
                Assert.Equal(arrays[2].Values[e * 30 + i], worst);
                Assert.InRange(worst, 0, arrays[3].Values[e] * (1 + 1e-12));
            }
        }
        Assert.StartsWith("{", File.ReadAllText(_folder["a.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public void The_ensemble_says_what_each_method_leaves()
    {
        JsonElement document = Call.Of([.. Digits, "--attack", "autoattack", "--json", "-o", _folder["b.csv"]]).Json();
        JsonElement[] epsilons = [.. document.GetProperty("epsilons").EnumerateArray()];
        for (int e = 0; e < 2; e++)
        {
            JsonElement[] methods = [.. epsilons[e].GetProperty("methods").EnumerateArray()];
            Assert.Equal(["apgd-ce", "apgd-t", "fab-t", "square"], methods.Select(method => method.GetProperty("method").GetString()));
            double[] left = [.. methods.Select(method => method.GetProperty("robustAccuracy").GetDouble())];
            Assert.Equal(left.OrderDescending(), left);
            Assert.Equal(epsilons[e].GetProperty("robustAccuracy").GetDouble(), left[^1]);
        }
        Assert.Equal(4, document.GetProperty("citations").GetArrayLength());
        string[][] cells = [.. File.ReadAllLines(_folder["b.csv"]).Skip(1).Select(row => row.Split(','))];
        Assert.All(cells, row => Assert.Equal(row[5] == "1", row[10].Length > 0));
    }

    [Fact]
    public void Single_precision_is_said_wherever_the_result_goes()
    {
        string[] files = ["-o", _folder["s.csv"], "-o", _folder["s.npz"], "--json"];
        JsonElement exact = Call.Of([.. Digits, "--json"]).Json(), single = Call.Of([.. Digits, "--precision", "float32", .. files]).Json();
        Assert.Equal(("float64", "float32"), (exact.GetProperty("precision").GetString(), single.GetProperty("precision").GetString()));
        Assert.Equal(exact.GetProperty("cleanAccuracy").GetDouble(), single.GetProperty("cleanAccuracy").GetDouble());
        Assert.All(File.ReadAllLines(_folder["s.csv"]).Skip(1), row => Assert.EndsWith(",float32", row, StringComparison.Ordinal));
        Assert.Equal([32], Npz.Read(_folder["s.npz"], "precision")[0].Values);
        Assert.Contains("precision          float32 logits and gradients; points, their classes and distances are those of float64", Call.Of([.. Digits, "--precision", "float32"]).Output, StringComparison.Ordinal);
        Assert.Contains("precision          float64\n", Call.Of(Digits).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_the_other_precision_are_found_anew()
    {
        string[] call = [.. Digits, "--quiet", "--resume", _folder["both.log"]], single = [.. call, "--precision", "float32"];
        Assert.Equal(0, Call.Of(call).Status);
        long length = new FileInfo(_folder["both.log"]).Length;
        Assert.Equal(0, Call.Of(single).Status);
        Assert.Equal(2 * length, new FileInfo(_folder["both.log"]).Length);
        Assert.Equal(0, Call.Of(single).Status);
        Assert.Equal(2 * length, new FileInfo(_folder["both.log"]).Length);
    }

    [Fact]
    public void A_call_goes_on_from_the_rows_of_another()
    {
        string[] call = [.. Digits, "--attack", "apgd-ce", "--quiet"];
        Assert.Equal(0, Call.Of([.. call, "-o", _folder["whole.npz"]]).Status);
        Assert.Equal(0, Call.Of([.. call.Select(word => word == "30" ? "12" : word), "--resume", _folder["rows.log"]]).Status);
        Assert.Equal(0, Call.Of([.. call, "--resume", _folder["rows.log"], "-o", _folder["resumed.npz"]]).Status);
        Assert.Equal(File.ReadAllBytes(_folder["whole.npz"]), File.ReadAllBytes(_folder["resumed.npz"]));
        string other = _folder.Write("other.log", new byte[500]);
        Call.Of([.. call, "--resume", other]).MustRefuse(1, "other.log: is not a log of an attack");
        Call.Of([.. call, "--resume", _folder["no/such/rows.log"]]).MustRefuse(1, "rows.log");
        Assert.False(File.Exists(_folder["rows.log.unfinished"]));
        _folder.Write("rows.log.unfinished", new byte[500]);
        Call.Of([.. call, "--resume", _folder["rows.log"]]).MustRefuse(1, "rows.log.unfinished: does not hold the unfinished rows of an attack");
    }

    [Fact]
    public void Methods_by_themselves_transfer_and_averages_are_shown()
    {
        string[] few = ["attack", "example:digits", "--data", "example:digits", "--epsilon", "0.125", "--samples", "6"];
        JsonElement ensemble = Call.Of([.. few, "--attack", "autoattack-rand", "--noise", "0.1", "--individual", "--json"]).Json();
        Assert.Equal(20, ensemble.GetProperty("averages").GetInt32());
        Assert.Equal(2, ensemble.GetProperty("individual").GetProperty("methods").GetArrayLength());
        Call made = Call.Of([.. few, "--transfer", "example:digits"]);
        Assert.Contains("transfer: example:digits is right on", made.Output, StringComparison.Ordinal);
        JsonElement[] cells = [.. Call.Of([.. few, "--transfer", "example:digits", "--json"]).Json().GetProperty("transfer").EnumerateArray()];
        Assert.Equal(4, cells.Length);
        Assert.Single(cells.Select(cell => cell.GetProperty("accuracy").GetDouble()).Distinct());
        Assert.Contains("each gradient is the mean over 3 random evaluations", Call.Of([.. few, "--noise", "0.05", "--eot", "3", "--steps", "5"]).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_audit_has_a_verdict_and_reasons()
    {
        JsonElement audit = Call.Of([.. Digits, "--audit", "--json"]).Json().GetProperty("audit");
        Assert.Equal(0.125, audit.GetProperty("epsilon").GetDouble());
        JsonElement[] lines = [.. audit.GetProperty("lines").EnumerateArray()];
        Assert.Equal(16, lines.Length);
        Assert.Equal(lines.All(line => line.GetProperty("passes").GetBoolean()), audit.GetProperty("believed").GetBoolean());
        Assert.StartsWith(audit.GetProperty("believed").GetBoolean() ? "believed" : "suspect", audit.GetProperty("verdict").GetString(), StringComparison.Ordinal);
        Assert.Contains("verdict ", Call.Of([.. Digits, "--audit"]).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Threads_do_not_change_a_byte()
    {
        foreach (string threads in new[] { "1", "3" })
            Assert.Equal(0, Call.Of([.. Digits, "--random-start", "--threads", threads, "-o", _folder[threads + ".npz"], "-o", _folder[threads + ".csv"]]).Status);
        foreach (string ending in new[] { ".npz", ".csv" })
            Assert.Equal(File.ReadAllBytes(_folder["1" + ending]), File.ReadAllBytes(_folder["3" + ending]));
    }

    [Fact]
    public void Smooth_networks_are_attacked_too()
    {
        string model = _folder.Write("smooth.onnx", TinyOnnx.Chain("Erf", "Softmax"));
        JsonElement document = Call.Of("attack", model, "--data", "example:moons", "--epsilon", "0.2", "--attack", "fgsm", "--target", "2", "--loss", "margin", "--json").Json();
        Assert.Equal(("fgsm", "class 2", 1), (document.GetProperty("attack").GetString(), document.GetProperty("criterion").GetString(), document.GetProperty("steps").GetInt32()));
        Assert.Contains("softmax is set aside", document.GetProperty("remark").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("example:moons", 2, "needs --data DATA")]
    [InlineData("example:moons --data example:moons", 2, "needs --epsilon E[,E2,...] in input units")]
    [InlineData("example:moons --data example:moons --epsilon wide", 2, "--epsilon is 'wide'; expected a number of at least 0, or a fraction such as 8/255")]
    [InlineData("example:moons --data example:moons --epsilon 1/0", 2, "--epsilon is '1/0'; expected a number")]
    [InlineData("example:moons --data example:moons --epsilon=-1", 2, "--epsilon is '-1'; expected a number of at least 0")]
    [InlineData("example:moons --data example:moons --epsilon 0.1 --attack circle", 2, "--attack is 'circle'; expected fgsm, pgd, mifgsm, cw, deepfool, apgd-ce")]
    [InlineData("example:moons --data example:moons --epsilon 0.1 --attack cw", 2, "attack cw measures Euclidean length, and the norm is linf; expected l2")]
    [InlineData("example:moons --data example:moons --epsilon 0.1 --attack autoattack --steps 7", 2, "--attack autoattack sets --steps by itself; leave it out")]
    [InlineData("example:moons --data example:moons --epsilon 0.1 --attack apgd-ce --loss margin", 2, "--attack apgd-ce sets --loss by itself; leave it out")]
    [InlineData("example:moons --data example:moons --epsilon 0.1 --attack square --preset grok", 2, "--preset grok is for --attack pgd; leave it out with square")]
    [InlineData("example:moons --data example:moons --epsilon 0.1 --norm l0", 2, "--norm is 'l0'; expected linf, l2, l1")]
    [InlineData("example:moons --data example:moons --epsilon 0.1 --loss hinge", 2, "--loss is 'hinge'; expected cross-entropy, margin, dlr")]
    [InlineData("example:moons --data example:moons --epsilon 0.1 --preset best", 2, "--preset is 'best'; expected torchattacks, foolbox, grok")]
    [InlineData("example:moons --data example:moons --epsilon 0.1 --steps 0", 2, "steps is 0; expected 1 to 1000000")]
    [InlineData("example:moons --data example:moons --epsilon 0.1 --step-size 0", 2, "step size is 0; expected a finite number above 0")]
    [InlineData("example:moons --data example:moons --epsilon 0.1 --restarts 2", 2, "restarts is 2 without a random start")]
    [InlineData("example:moons --data example:moons --epsilon 0.1 --box 1,0", 2, "--box is '1,0'; expected lo,hi with lo < hi, data or none")]
    [InlineData("example:moons --data example:moons --epsilon 0.1 --box all", 2, "--box is 'all'; expected lo,hi")]
    [InlineData("example:moons --data example:moons --epsilon 0.1 --attack fgsm --steps 3", 2, "--attack fgsm takes one step of epsilon from the input; leave out --steps")]
    [InlineData("example:moons --data example:moons --epsilon 0.1 --samples 0", 2, "--samples is 0; expected 1 to 1000000")]
    [InlineData("example:moons --data example:moons --epsilon 0.1 -o x.html", 2, "accepted are .svg, .png, .pdf, .json, .csv, .npz")]
    [InlineData("example:moons --data example:moons --epsilon 0.1 --target 2", 1, "the target is class 2; the classifier has classes 0 to 1")]
    [InlineData("example:moons --data example:moons --epsilon 0.1 --box 0,0.1", 1, "outside of the box [0, 0.1]; pass the range of the data, or no box")]
    [InlineData("example:moons --data example:digits --epsilon 0.1", 1, "row 0 has 64 numbers; the network takes 2")]
    [InlineData("example:moons --data example:moons --epsilon 0.1 --eot 5", 2, "--eot averages over random evaluations, and the network is not random; say --noise SIGMA")]
    [InlineData("example:moons --data example:moons --epsilon 0.1 --noise 0", 2, "--noise is 0; expected a finite number above 0")]
    [InlineData("example:moons --data example:moons --epsilon 0.1 --noise 1 --eot 0", 2, "averages is 0; expected 1 to 10000")]
    [InlineData("example:moons --data example:moons --epsilon 0.1 --noise 1 --eot 3 --attack autoattack-rand", 2, "--attack autoattack-rand sets --eot by itself; leave it out")]
    [InlineData("example:moons --data example:moons --epsilon 0.1 --precision float16", 2, "--precision is 'float16'; expected float64, float32")]
    [InlineData("example:moons --data example:moons --epsilon 0.1 --precision", 2, "--precision")]
    [InlineData("example:moons --data example:moons --epsilon 0.1 --individual", 2, "--individual is for autoattack, autoattack-plus, autoattack-rand; --attack is pgd")]
    [InlineData("example:moons --data example:moons --epsilon 0.1 --transfer example:digits", 1, "points go from one to the other only where both agree")]
    [InlineData("nosuch.onnx --data example:moons --epsilon 0.1", 1, "nosuch.onnx: no such file")]
    public void Wrong_calls_are_one_line(string words, int status, string says)
    {
        Call.Of(["attack", .. words.Split(' '), "--quiet"]).MustRefuse(status, says);
    }

    [Fact]
    public void Data_without_labels_are_refused()
    {
        string points = _folder.Write("points.csv", Encoding.UTF8.GetBytes("0.5,0.25\n0.1,0.2\n"));
        Call made = Call.Of("attack", "example:moons", "--data", points, "--epsilon", "0.1");
        Assert.Equal((1, 1), (made.Status, made.ErrorLines.Length));
        Assert.Contains("points.csv", made.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Interrupted_is_130()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Call made = Call.Of(stop.Token, [.. Digits, "--quiet"]);
        Assert.Equal((130, 1), (made.Status, made.ErrorLines.Length));
    }

    public void Dispose() => _folder.Dispose();
}
