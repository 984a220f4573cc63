using Crease.Models;
using Xunit;

namespace Crease.Tests.Models;

/// <summary>The library decodes no images itself, and says so.</summary>
public sealed class ImagesWithoutDecoderTests
{
    [Fact]
    public void A_folder_of_images_asks_for_a_decoder()
    {
        string folder = Directory.CreateTempSubdirectory("crease-nodecoder-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "cat"));
        File.WriteAllBytes(Path.Combine(folder, "cat", "a.png"), [1, 2, 3]);
        string message = Assert.Throws<ModelException>(() => DataSource.Load(folder)).Message;
        Assert.Contains("holds images, and this program decodes none; set DataSource.ImageDecoder", message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }
}
