using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;
using ServiceOffices.Web.Endpoints;

namespace ServiceOffices.LocalHost.Hosting;

/// <summary>The key that protected functions require. Only its hash is stored, without a salt, because a generated key is random.</summary>
internal sealed class FunctionKey
{
    /// <summary>The setting with the key. If it is missing, a key is generated at the first start.</summary>
    public const string SettingName = "LocalHost:FunctionKey";

    private const string HeaderName = RegisterEndpoint.KeyHeader;
    private const string QueryParameterName = "code";
    private const string FileName = "function-key.sha256";
    private const int GeneratedBytes = 32;

    private readonly byte[] hash;

    private FunctionKey(byte[] hash) => this.hash = hash;

    /// <summary>Gets the configured key, else the key whose hash is in the folder, else a new key.</summary>
    /// <param name="configured">The key from the settings, or null.</param>
    /// <param name="folder">The folder with the hash of a generated key; created if missing.</param>
    /// <param name="generatedKey">The new key, to be shown once; null if no key was generated.</param>
    public static FunctionKey LoadOrCreate(string? configured, string folder, out string? generatedKey)
    {
        generatedKey = null;
        if (!string.IsNullOrEmpty(configured))
        {
            return new FunctionKey(ComputeHash(configured));
        }

        var path = Path.Combine(folder, FileName);
        if (File.Exists(path))
        {
            return new FunctionKey(Convert.FromHexString(File.ReadAllText(path).Trim()));
        }

        generatedKey = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(GeneratedBytes));
        var hash = ComputeHash(generatedKey);
        Directory.CreateDirectory(folder);
        File.WriteAllText(path, Convert.ToHexStringLower(hash));
        return new FunctionKey(hash);
    }

    /// <summary>Determines whether the request has the key, in a header or, as in the Functions host, in the query string.</summary>
    public bool IsPresentedBy(HttpRequest request)
    {
        var requestKey = GetKey(request);
        return !StringValues.IsNullOrEmpty(requestKey) && CryptographicOperations.FixedTimeEquals(ComputeHash(requestKey.ToString()), hash);
    }

    /// <summary>Determines whether the request has any key, right or wrong.</summary>
    public static bool IsAnyPresentedBy(HttpRequest request) => !StringValues.IsNullOrEmpty(GetKey(request));

    private static StringValues GetKey(HttpRequest request) => request.Headers.TryGetValue(HeaderName, out var header) ? header : request.Query[QueryParameterName];

    private static byte[] ComputeHash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
