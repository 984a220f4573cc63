using Crease.Numerics;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>A call that was stopped in the middle of its rows goes on from their last whole pieces, to the same bytes.</summary>
public sealed class UnfinishedRowTests : IDisposable
{
    // More than one piece asks for: 100 steps, each of up to 20 random evaluations or of two points; a search of cw; 500 queries.
    private const int MostPerPiece = 2200;

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("autoattack", "linf", 1, 20)]
    [InlineData("autoattack", "l1", 3, 20)]
    [InlineData("autoattack-plus", "l2", 2, 20)]
    [InlineData("autoattack-rand", "linf", 2, 60)]
    [InlineData("apgd-ce", "linf", 2, 20)]
    [InlineData("apgd-t", "l2", 3, 20)]
    [InlineData("fab", "linf", 2, 20)]
    [InlineData("fab-t", "l2", 1, 30)]
    [InlineData("square", "linf", 2, 20)]
    [InlineData("square", "l1", 1, 20)]
    [InlineData("cw", "l2", 2, 20)]
    [InlineData("pgd", "linf", 2, 20)]
    public void A_stopped_call_loses_no_more_than_a_piece_of_each_row(string attack, string norm, int threads, int percent)
    {
        var classifier = new NetworkClassifier(Classifiers.Folded(1, 9, 16, 16, 6));
        (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 6);
        AttackOptions options = SearchAttackTests.Options(attack, norm) with { Epsilon = norm == "linf" ? 0.02 : 0.05, Seed = 3 };
        options = attack is "apgd-ce" or "pgd" or "fab" ? options with { Restarts = 4, RandomStart = true } : attack == "square" ? options with { Steps = 1700, Restarts = 2 } : attack == "cw" ? options with { Steps = 100 } : options;
        var counted = new StoppedClassifier(classifier, int.MaxValue);
        AttackResults whole = Attacks.Run(counted, inputs, labels, options, new RunContext { Threads = 1 });
        Assert.Contains(whole.Inputs, input => input.IsRobust);
        int all = counted.Asked, spent = 0, stops = 0;
        string path = _folder.At("rows.log");
        while (true)
        {
            // Longer and longer: a call that ends before the first piece of every row does begins anew, and the next would too.
            var stopped = new StoppedClassifier(classifier, all * percent / 100 * (8 + stops) / 8);
            bool hasEnded = true;
            using (AttackLog log = AttackLog.Open(path, TimeSpan.Zero, TimeProvider.System))
            {
                try
                {
                    AttackResults resumed = Attacks.Run(stopped, inputs, labels, options, new RunContext { Threads = stops % 2 == 0 ? threads : 1 }, log);
                    Assert.Equal(whole.Inputs, resumed.Inputs);
                    Assert.True(whole.Adversarial.SequenceEqual(resumed.Adversarial));
                }
                catch (PowerCutException)
                {
                    hasEnded = false;
                }
            }
            spent += stopped.Asked;
            if (hasEnded)
                break;
            Assert.True(++stops < 40, "it does not come forward");
        }
        Assert.True(stops >= 100 / percent - 1);
        Assert.InRange(spent, all, all + stops * inputs.Length * MostPerPiece);
        Assert.False(File.Exists(path + ".unfinished"));
    }

    [Fact]
    public void What_a_killed_process_has_written_suffices()
    {
        var classifier = new NetworkClassifier(Classifiers.Folded(1, 9, 16, 16, 6));
        (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 4);
        AttackOptions options = SearchAttackTests.Options("autoattack", "linf") with { Epsilon = 0.02 };
        var counted = new StoppedClassifier(classifier, int.MaxValue);
        AttackResults whole = Attacks.Run(counted, inputs, labels, options);
        string path = _folder.At("rows.log"), left = _folder.At("left.log");
        using (AttackLog log = AttackLog.Open(path, TimeSpan.Zero, TimeProvider.System))
        {
            Assert.Throws<PowerCutException>(() => Attacks.Run(new StoppedClassifier(classifier, counted.Asked / 2), inputs, labels, options, new RunContext { Threads = 1 }, log));
            // As a kill leaves them: rows in flight are not written at the end. Those that have ended are in the log in any case.
            File.Copy(path + ".unfinished", left + ".unfinished");
        }
        File.Copy(path, left);
        using AttackLog again = AttackLog.Open(left);
        Assert.Equal(4, again.Unfinished.Count + again.Count);
        var rest = new StoppedClassifier(classifier, int.MaxValue);
        AttackResults resumed = Attacks.Run(rest, inputs, labels, options, log: again);
        Assert.Equal(whole.Inputs, resumed.Inputs);
        Assert.InRange(rest.Asked, 1, counted.Asked / 2 + 4 * MostPerPiece);
        Assert.Equal((4, 0), (again.Count, again.Unfinished.Count));
    }

    [Fact]
    public void Rows_in_flight_are_written_no_more_often_than_asked()
    {
        var classifier = new NetworkClassifier(Classifiers.Folded(1, 9, 16, 16, 6));
        (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 4);
        AttackOptions options = SearchAttackTests.Options("apgd-t", "linf") with { Epsilon = 0.02 };
        string path = _folder.At("rows.log");
        using AttackLog log = AttackLog.Open(path, TimeSpan.FromDays(1), TimeProvider.System);
        Attacks.Run(classifier, inputs, labels, options, log: log);
        Assert.False(File.Exists(path + ".unfinished"));
        Assert.Equal(4, log.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(500)]
    public void Another_file_is_left_alone(int length)
    {
        string path = _folder.At("rows.log");
        File.WriteAllText(path + ".unfinished", new string('x', length));
        Assert.Equal("rows.log.unfinished: does not hold the unfinished rows of an attack; remove it, or name another log", Assert.Throws<IOException>(() => AttackLog.Open(path)).Message);
        Assert.Equal(length, new FileInfo(path + ".unfinished").Length);
        File.Delete(path + ".unfinished");
        Directory.CreateDirectory(path + ".unfinished");
        Assert.Throws<IOException>(() => AttackLog.Open(path));
        Directory.Delete(path + ".unfinished");
        using AttackLog log = AttackLog.Open(path);
        Assert.Equal(0, log.Count);
    }

    [Fact]
    public void A_changed_byte_is_refused()
    {
        string path = _folder.At("rows.log"), unfinished = path + ".unfinished";
        using (AttackLog log = AttackLog.Open(path, TimeSpan.Zero, TimeProvider.System))
            log.Unfinished.Keep(new byte[32], new SearchState(1, [1, 2], 3, 4, false, 5, 6, 7, [8], [9]));
        byte[] bytes = File.ReadAllBytes(unfinished);
        for (int place = 0; place < bytes.Length; place++)
        {
            byte[] changed = [.. bytes];
            changed[place] ^= 1;
            File.WriteAllBytes(unfinished, changed);
            Assert.Throws<IOException>(() => AttackLog.Open(path));
        }
        File.WriteAllBytes(unfinished, bytes);
        using AttackLog whole = AttackLog.Open(path);
        SearchState state = whole.Unfinished.Find(new byte[32], 2)!;
        Assert.Equal((1, 3.0, 4, false, 5.0, 6, 7), (state.Pieces, state.BestLoss, state.BestClass, state.HasFooled, state.Nearest, state.Queries, state.Gradients));
        Assert.Equal([1.0, 2.0, 8.0], [.. state.Best, .. state.Numbers]);
        Assert.Equal([9UL], state.Words);
        Assert.Null(whole.Unfinished.Find(new byte[32], 3));
    }

    public void Dispose() => _folder.Dispose();

    private sealed class PowerCutException : Exception;

    /// <summary>A classifier that fails after so many questions.</summary>
    private sealed class StoppedClassifier(IClassifier inner, int most) : IClassifier
    {
        private int _asked;

        public int Asked => _asked;

        public string Name => inner.Name;

        public int Inputs => inner.Inputs;

        public int Classes => inner.Classes;

        public string Remark => inner.Remark;

        public int Rows => inner.Rows;

        public IClassifierWorker Worker() => new Counter(this, inner.Worker());

        private void Count(int rows)
        {
            if (Interlocked.Add(ref _asked, rows) > most)
                throw new PowerCutException();
        }

        private sealed class Counter(StoppedClassifier owner, IClassifierWorker worker) : IClassifierWorker
        {
            public ReadOnlySpan<double> Logits(ReadOnlySpan<double> inputs, int count)
            {
                owner.Count(count);
                return worker.Logits(inputs, count);
            }

            public ReadOnlySpan<double> Gradients(ReadOnlySpan<double> logitGradients) => worker.Gradients(logitGradients);
        }
    }
}
