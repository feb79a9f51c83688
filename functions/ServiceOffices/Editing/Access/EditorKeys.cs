using System.Security.Cryptography;
using System.Text;

namespace ServiceOffices.Editing.Access;

/// <summary>
/// Tells the function keys apart that the host has already checked. The audit must not hold a key, so it names one by the
/// beginning of its hash, or by the name that a setting gives to that.
/// </summary>
/// <param name="names">Names by <see cref="Fingerprint"/>.</param>
public sealed class EditorKeys(IReadOnlyDictionary<string, string> names)
{
    private const int FingerprintBytes = 4;

    /// <summary>The editor whose key this is.</summary>
    /// <param name="key">Null where the host asked for none of its own accord.</param>
    public Editor GetEditor(string? key) => new(string.IsNullOrEmpty(key) ? "key" : GetName(Fingerprint(key)), CanRead: true, CanWrite: true);

    private string GetName(string fingerprint) => names.GetValueOrDefault(fingerprint) ?? $"key {fingerprint}";

    /// <summary>The first eight hex digits of the SHA-256 of the key in UTF-8.</summary>
    public static string Fingerprint(string key) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, FingerprintBytes));
}

/// <summary>Who asks.</summary>
/// <param name="Name">What the audit calls them: a key's name, or the subject of a token.</param>
public sealed record Editor(string Name, bool CanRead, bool CanWrite);
