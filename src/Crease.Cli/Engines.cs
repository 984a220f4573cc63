using Crease.Models;
using Crease.Networks;

namespace Crease.Cli;

/// <summary>Prepares the engine of a verb, and says in one line why a network is not for it.</summary>
internal static class Engines
{
    /// <summary>Prepares.</summary>
    /// <param name="network">The network.</param>
    /// <param name="layers">What <c>--layers</c> said, or null.</param>
    /// <param name="verb">The verb, for the hint at one that takes smooth networks; null for no hint.</param>
    /// <param name="make">Makes the engine.</param>
    public static T Prepare<T>(Network network, int? layers, string? verb, Func<Network, int?, T> make)
    {
        try
        {
            return make(network, layers);
        }
        catch (NotSupportedException fault)
        {
            string hint = $"{fault.Message.Split(';')[0]}. 'crease complexity' accepts it; 'crease {verb}' does not.";
            throw new ModelException(network.Name, verb is null ? fault.Message : hint, fault);
        }
        catch (ArgumentException fault) when (layers is not null && network.Inputs.Length == 1)
        {
            throw new WordsException(Shell.Told(fault).Replace("'Layers'", "--layers", StringComparison.Ordinal));
        }
        catch (ArgumentException fault)
        {
            throw new ModelException(network.Name, fault.Message, fault);
        }
    }
}
