using System.Security.Cryptography;
using System.Text;

namespace ServiceOffices.Editing.Access;

/// <summary>
/// Names editors by their function key, which the host has already verified. The audit log must not hold a key, so it
/// names a key by the first digits of its hash, or by the name that a setting assigns to them.
/// </summary>
/// <param name="names">Names by <see cref="ComputeFingerprint"/>.</param>
public sealed class EditorKeys(IReadOnlyDictionary<string, string> names)
{
    private const int FingerprintBytes = 4;
    private const int FingerprintLength = 2 * FingerprintBytes;

    /// <summary>Parses pairs of fingerprint and name.</summary>
    /// <param name="names">Such as <c>1a2b3c4d=Anna;5e6f7a8b=Bo</c>; null: no key has a name.</param>
    public static EditorKeys Parse(string? names) => new((names?.Split(';') ?? [])
        .ToDictionary(pair => pair[..FingerprintLength], pair => pair[(FingerprintLength + 1)..], StringComparer.Ordinal));

    /// <summary>Gets the editor to whom a key belongs.</summary>
    /// <param name="key">Null if the host did not require one.</param>
    public Editor GetEditor(string? key) => new(string.IsNullOrEmpty(key) ? "key" : GetName(ComputeFingerprint(key)), CanRead: true, CanWrite: true);

    private string GetName(string fingerprint) => names.GetValueOrDefault(fingerprint) ?? $"key {fingerprint}";

    /// <summary>Computes the first eight hex digits of the SHA-256 of the key in UTF-8.</summary>
    public static string ComputeFingerprint(string key) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, FingerprintBytes));
}

/// <summary>An authenticated editor.</summary>
/// <param name="Name">Name in the audit log: the name of a key, or the subject of a token.</param>
public sealed record Editor(string Name, bool CanRead, bool CanWrite);
