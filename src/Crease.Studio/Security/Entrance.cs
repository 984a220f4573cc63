using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Crease.Studio;

/// <summary>The secret that opens the Studio, and where a request carries it.</summary>
internal sealed class Entrance
{
    private const string Bearer = "Bearer ";

    private readonly byte[] _token;

    public Entrance()
    {
        Token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        _token = Encoding.ASCII.GetBytes(Token);
    }

    /// <summary>192 random bits.</summary>
    public string Token { get; }

    /// <summary>Name of the cookie: one per port, since browsers share cookies between the ports of a host.</summary>
    public static string CookieName(HttpContext context) => FormattableString.Invariant($"crease-{context.Connection.LocalPort}");

    /// <summary>Whether a request carries the token in its cookie or its header.</summary>
    public bool Knows(HttpContext context)
    {
        string header = context.Request.Headers.Authorization.ToString();
        return IsToken(context.Request.Cookies[CookieName(context)]) || (header.StartsWith(Bearer, StringComparison.Ordinal) && IsToken(header[Bearer.Length..]));
    }

    /// <summary>Whether a text is the token, in a time that does not tell how much of it is right.</summary>
    public bool IsToken(string? text) => text is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(text), _token);
}
