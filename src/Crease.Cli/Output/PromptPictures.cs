using System.Globalization;
using Crease.Lab;
using Crease.Views;

namespace Crease.Cli.Output;

/// <summary>Pictures of one prompt: its tokens on a page, and its features by layer, beside another prompt's.</summary>
/// <param name="extraction">What measures.</param>
/// <param name="name">What the prompt is called.</param>
/// <param name="isMasked">Whether words are dots.</param>
/// <param name="otherRow">Place of the other prompt, or null.</param>
/// <param name="other">The other prompt, or null.</param>
internal sealed class PromptPictures(FeatureExtraction extraction, string name, bool isMasked, long? otherRow, string? other)
{
    public void Save(string file, string text, TokenPlaces places)
    {
        if (Path.GetExtension(file).Equals(".html", StringComparison.OrdinalIgnoreCase))
        {
            TokenMapFigure.Of(TokenMaps.Of(extraction.Tokenizer, text, places, isMasked), new() { Title = $"Tokens of {name} among the creases", IsMasked = isMasked }).Save(file);
            return;
        }
        LayerProfile[] profiles = other is null
            ? [LayerProfile.Of(name, places)]
            : [LayerProfile.Of(name, places), LayerProfile.Of(string.Create(CultureInfo.InvariantCulture, $"row {otherRow}"), extraction.Places(extraction.Ids(other)))];
        LayerProfileFigure.Of(profiles).Save(file);
    }
}
