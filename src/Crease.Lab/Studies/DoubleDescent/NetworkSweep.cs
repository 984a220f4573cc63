using Crease.Models;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Networks of one hidden layer over its width: ordinary runs in <c>runs/</c>.</summary>
internal static class NetworkSweep
{
    public static IReadOnlyList<NetworkPoint> Of(DoubleDescentOptions asked, string folder, RunContext run, Action<StudyProgress>? told)
    {
        if (asked.Hidden.Length == 0)
            return [];
        (DataSet train, _, int classes) = DescentData.Rows(asked, asked.Samples, run.Seed);
        int inputs = train.Size, widths = asked.Hidden.Length, done = 0;
        var points = new NetworkPoint[widths * asked.NetworkRepeats];
        var one = new Lock();
        // With weight reuse each network waits for the one before it.
        if (asked.WeightReuse)
            Workers.For(asked.NetworkRepeats, run.Threads, repeat => Enumerable.Range(0, widths).ToList().ForEach(place => Trained(place, repeat)));
        else
            Workers.For(points.Length, run.Threads, i => Trained(i / asked.NetworkRepeats, i % asked.NetworkRepeats));
        return points;

        void Trained(int place, int repeat)
        {
            int hidden = (int)asked.Hidden[place];
            ulong seed = run.Seed + (ulong)repeat;
            string path = At(hidden);
            TrainingOptions options = NetworkPlanning.Options(asked, inputs, hidden, classes, seed);
            if (asked.WeightReuse && place > 0 && NetworkPlanning.IsBelow(asked, inputs, hidden, classes))
            {
                if (!RunSummary.IsRun(path))
                    TrainingRun.Create(path, options);
                if (StudyTraining.Done(path, options) == 0)
                    WeightReuse.Start(path, At((int)asked.Hidden[place - 1]), inputs, hidden, classes, seed);
            }
            StudyTraining.Finish(NetworkPlanning.Name(hidden, repeat), path, options, run, null);
            lock (one)
            {
                points[place * asked.NetworkRepeats + repeat] = new NetworkPoint(hidden, repeat, NetworkPlanning.Parameters(inputs, hidden, classes), RunSummary.Read(path).Metrics, classes);
                told?.Invoke(new StudyProgress("networks", ++done, points.Length));
            }

            // Networks with and without reuse are other runs of the same options.
            string At(int width) => Path.Combine(folder, asked.WeightReuse ? "runs-reused" : "runs", NetworkPlanning.Name(width, repeat));
        }
    }
}
