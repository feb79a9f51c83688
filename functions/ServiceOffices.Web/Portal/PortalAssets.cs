using System.Security.Cryptography;

namespace ServiceOffices.Web.Portal;

/// <summary>The embedded assets of the portal: style sheet, scripts and icon.</summary>
public static class PortalAssets
{
    /// <summary>Root path of the assets, followed by their common hash, so that every version has its own URLs.</summary>
    public const string RootPath = "/assets";

    private const string ResourcePrefix = "portal/";
    private const int VersionLength = 12;

    private static readonly Dictionary<string, string> MediaTypes = new()
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    private static readonly Dictionary<string, byte[]> Files = typeof(PortalAssets).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal) && MediaTypes.ContainsKey(Path.GetExtension(name)))
        .Order(StringComparer.Ordinal)
        .ToDictionary(name => name[ResourcePrefix.Length..], name => ReadResource(name[ResourcePrefix.Length..]), StringComparer.Ordinal);

    /// <summary>Hash of all assets, so that a script that imports another by a relative URL gets the same version.</summary>
    public static string Version { get; } = ComputeVersion();

    /// <summary>Gets the URL of an asset; its content never changes.</summary>
    public static string GetUrl(string name) => Files.ContainsKey(name)
        ? $"{RootPath}/{Version}/{name}"
        : throw new ArgumentException($"The asset '{name}' does not exist. Available: {string.Join(", ", Files.Keys)}.", nameof(name));

    /// <summary>Finds an asset by name; null if there is none.</summary>
    public static (byte[] Content, string MediaType)? Find(string name) =>
        Files.TryGetValue(name, out var content) ? (content, MediaTypes[Path.GetExtension(name)]) : null;

    internal static Stream OpenResource(string name) => typeof(PortalAssets).Assembly.GetManifestResourceStream(ResourcePrefix + name)
        ?? throw new InvalidOperationException($"The assembly has no resource {name}.");

    private static byte[] ReadResource(string name)
    {
        using var resource = OpenResource(name);
        using MemoryStream content = new();
        resource.CopyTo(content);
        return content.ToArray();
    }

    private static string ComputeVersion()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var content in Files.Values)
        {
            hash.AppendData(content);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..VersionLength];
    }
}
