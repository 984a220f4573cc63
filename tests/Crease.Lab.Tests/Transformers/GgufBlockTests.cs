using Crease.Numerics;
using TorchSharp;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>Numbers in blocks: steps that are packed as the format says come back times their scales.</summary>
public sealed class GgufBlockTests
{
    private const int Blocks = 6;

    private readonly RandomSource _random = new(8);

    [Fact]
    public void Steps_of_8_bits_are_scaled()
    {
        var values = new List<float>();
        var bytes = new List<byte>();
        for (int block = 0; block < Blocks; block++)
        {
            Half scale = Scale();
            sbyte[] steps = [.. Drawn(32, -128, 128).Select(step => (sbyte)step)];
            bytes.AddRange([.. BitConverter.GetBytes(scale), .. steps.Select(step => (byte)step)]);
            values.AddRange(steps.Select(step => (float)scale * step));
        }
        Comes(values, bytes, 8, 64);
    }

    [Fact]
    public void Steps_of_4_bits_are_scaled()
    {
        var values = new List<float>();
        var bytes = new List<byte>();
        for (int block = 0; block < Blocks; block++)
        {
            Half scale = Scale();
            int[] steps = Drawn(32, 0, 16);
            bytes.AddRange([.. BitConverter.GetBytes(scale), .. Enumerable.Range(0, 16).Select(i => (byte)(steps[i] | steps[16 + i] << 4))]);
            values.AddRange(steps.Select(step => (float)scale * (step - 8)));
        }
        Comes(values, bytes, 2, 64);
    }

    [Fact]
    public void Parts_of_4_bits_have_a_scale_and_a_least_value()
    {
        var values = new List<float>();
        var bytes = new List<byte>();
        for (int block = 0; block < Blocks; block++)
        {
            Half scale = Scale(), least = Scale();
            int[] steps = Drawn(256, 0, 16), scales = Drawn(8, 0, 64), leasts = Drawn(8, 0, 64);
            var packed = new byte[12];
            for (int part = 0; part < 4; part++)
            {
                packed[part] = (byte)(scales[part] | scales[part + 4] >> 4 << 6);
                packed[part + 4] = (byte)(leasts[part] | leasts[part + 4] >> 4 << 6);
                packed[part + 8] = (byte)(scales[part + 4] & 15 | (leasts[part + 4] & 15) << 4);
            }
            bytes.AddRange([.. BitConverter.GetBytes(scale), .. BitConverter.GetBytes(least), .. packed]);
            for (int from = 0; from < 256; from += 64)
                bytes.AddRange(Enumerable.Range(from, 32).Select(i => (byte)(steps[i] | steps[i + 32] << 4)));
            values.AddRange(steps.Select((step, i) => (float)scale * scales[i / 32] * step - (float)least * leasts[i / 32]));
        }
        Comes(values, bytes, 12, 512);
    }

    [Fact]
    public void Parts_of_6_bits_have_a_scale()
    {
        var values = new List<float>();
        var bytes = new List<byte>();
        for (int block = 0; block < Blocks; block++)
        {
            Half scale = Scale();
            int[] steps = Drawn(256, 0, 64), scales = Drawn(16, -128, 128);
            byte[] low = new byte[128], high = new byte[64];
            for (int half = 0; half < 2; half++)
            {
                for (int i = 0; i < 32; i++)
                {
                    int[] four = [.. Enumerable.Range(0, 4).Select(part => steps[128 * half + 32 * part + i])];
                    low[64 * half + i] = (byte)(four[0] & 15 | (four[2] & 15) << 4);
                    low[64 * half + 32 + i] = (byte)(four[1] & 15 | (four[3] & 15) << 4);
                    high[32 * half + i] = (byte)(four[0] >> 4 | four[1] >> 4 << 2 | four[2] >> 4 << 4 | four[3] >> 4 << 6);
                }
            }
            bytes.AddRange([.. low, .. high, .. scales.Select(step => (byte)step), .. BitConverter.GetBytes(scale)]);
            values.AddRange(steps.Select((step, i) => (float)scale * scales[i / 16] * (step - 32)));
        }
        Comes(values, bytes, 14, 512);
    }

    private static void Comes(List<float> values, List<byte> bytes, int type, int width)
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.At("one.gguf"), GgufBytes.Packed([("general.architecture", "llama")], [("token_embd.weight", [values.Count / width, width], type, [.. bytes])]));
        using var file = new GgufFile(folder.At("one.gguf"), torch.ScalarType.Float32);
        using torch.Tensor tensor = file.Read("model.embed_tokens.weight", [values.Count / width, width]);
        Assert.Equal(values, tensor.data<float>().ToArray());
        using var coarse = new GgufFile(folder.At("one.gguf"), torch.ScalarType.BFloat16);
        using torch.Tensor rounded = coarse.Read("model.embed_tokens.weight", [values.Count / width, width]), wide = rounded.to(torch.ScalarType.Float32);
        Assert.Equal(torch.ScalarType.BFloat16, rounded.dtype);
        Assert.All(values.Zip(wide.data<float>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, Math.Abs(pair.First) / 256));
    }

    private Half Scale() => (Half)(0.01 + 0.05 * _random.Uniform());

    private int[] Drawn(int count, int least, int end) => [.. Enumerable.Range(0, count).Select(_ => least + _random.Index(end - least))];
}
