namespace Crease.Models;

/// <summary>Decodes image files (PNG, JPEG, ...) for folders of images.</summary>
public interface IImageDecoder
{
    /// <summary>Reads how large an image says it is; nothing is decoded.</summary>
    /// <param name="bytes">Content of a file; untrusted.</param>
    /// <exception cref="InvalidDataException">This is no image; the message says why.</exception>
    ImageHeader Measure(byte[] bytes);

    /// <summary>Decodes an image to bytes, transparent pixels over black.</summary>
    /// <param name="bytes">Content of a file that <see cref="Measure"/> has accepted.</param>
    /// <returns>Shape [height, width, 3]: red, green, blue.</returns>
    /// <exception cref="InvalidDataException">The image is damaged; the message says how.</exception>
    byte[] Decode(byte[] bytes);
}
