using Crease.Models;
using Xunit;

namespace Crease.Lab.Tests.Studies;

/// <summary>A series is the networks of a folder in the order of their steps.</summary>
public sealed class CheckpointSeriesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("model_step_0.onnx model_step_900.onnx model_step_1000.onnx.gz", "step", "0 900 1000")]
    [InlineData("net-epoch-2.onnx net-epoch-10.onnx", "epoch", "2 10")]
    [InlineData("b.onnx a.onnx c.onnx", "model", "0 1 2")]
    [InlineData("resnet18_300.onnx resnet18_20.onnx", "step", "20 300")]
    [InlineData("first.onnx second-5.onnx", "model", "0 1")]
    public void The_last_number_of_a_name_is_its_step(string files, string unit, string steps)
    {
        Make(files);
        CheckpointSeries series = CheckpointSeries.Open(_folder.Path);
        Assert.Equal(unit, series.Unit);
        Assert.Equal(steps.Split(' ').Select(long.Parse), series.Checkpoints.Select(item => item.Step));
        Assert.Null(series.Run);
    }

    [Fact]
    public void Checkpoints_of_a_run_are_in_order_without_its_description()
    {
        Directory.CreateDirectory(_folder.At("checkpoints"));
        Make("checkpoints/step-00000100.safetensors checkpoints/step-00000020.safetensors checkpoints/other.safetensors");
        Assert.Equal([20L, 100L], CheckpointSeries.Open(_folder.Path).Checkpoints.Select(item => item.Step));
        Assert.Equal([20L, 100L], CheckpointSeries.Open(_folder.At("checkpoints")).Checkpoints.Select(item => item.Step));
    }

    [Fact]
    public void Two_networks_of_one_step_are_refused()
    {
        Make("a1.onnx b1.onnx");
        string said = Assert.Throws<ModelException>(() => CheckpointSeries.Open(_folder.Path)).Message;
        Assert.Contains("a1.onnx and b1.onnx are both of step 1", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_networks_is_refused()
    {
        Assert.Contains("holds no networks", Assert.Throws<ModelException>(() => CheckpointSeries.Open(_folder.Path)).Message, StringComparison.Ordinal);
        Assert.Contains("no such folder", Assert.Throws<ModelException>(() => CheckpointSeries.Open(_folder.At("absent"))).Message, StringComparison.Ordinal);
    }

    private void Make(string files)
    {
        foreach (string file in files.Split(' '))
            File.WriteAllText(_folder.At(file), "");
    }
}
