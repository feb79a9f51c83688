using System.Globalization;
using System.Net.Mail;
using Microsoft.Extensions.Configuration;
using ODataEngine.Model;

namespace ServiceOffices.Web;

/// <summary>Reads settings one by one and collects their problems instead of stopping at the first.</summary>
internal sealed class SettingsReader(IConfiguration configuration)
{
    private readonly HashSet<string> knownNames = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> problems = [];

    /// <summary>Problems of the settings read so far. A setting with a problem has its default value.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <summary>Problems of settings that were never read although their section is known: a misspelt setting would silently keep its default.</summary>
    public IEnumerable<string> FindUnknownSettings()
    {
        var sections = knownNames.Where(name => name.Contains(':', StringComparison.Ordinal))
            .Select(name => name[..(name.IndexOf(':', StringComparison.Ordinal) + 1)])
            .ToHashSet(StringComparer.Ordinal);
        return
            from setting in configuration.AsEnumerable()
            where !string.IsNullOrEmpty(setting.Value) && !knownNames.Contains(setting.Key)
                && sections.Any(section => setting.Key.StartsWith(section, StringComparison.OrdinalIgnoreCase))
            select $"{setting.Key} is not a known setting. See docs/settings.md.";
    }

    public string? ReadString(string name)
    {
        knownNames.Add(name);
        return configuration[name] is { Length: > 0 } value ? value : null;
    }

    /// <summary>Reads a single line; XML documents cannot contain control characters.</summary>
    public string? ReadLine(string name) => ReadString(name) is { } value && value.Any(char.IsControl)
        ? AddProblem<string?>($"{name} must be one line without control characters.", null)
        : ReadString(name);

    /// <summary>Reads a line in English and in Swedish, from one setting each.</summary>
    public LocalizedString ReadLocalizedText(string name, LocalizedString defaultValue) => new(ReadLine(name + "En") ?? defaultValue.En, ReadLine(name + "Sv") ?? defaultValue.Sv);

    public string? ReadEmail(string name) => ReadLine(name) is not { } value ? null
        : MailAddress.TryCreate(value, out var address) && address.Address == value ? value
        : AddProblem<string?>($"{name} must be an e-mail address such as data@example.se; got '{value}'.", null);

    /// <summary>Reads one of the allowed codes or, if <paramref name="allowMultiple"/>, several separated by commas.</summary>
    public string ReadCodes(string name, string defaultValue, IReadOnlyList<string> allowed, bool allowMultiple = false)
    {
        if (ReadString(name) is not { } value)
        {
            return defaultValue;
        }

        var codes = allowMultiple ? value.Split(',', StringSplitOptions.TrimEntries) : [value];
        return codes.All(code => allowed.Contains(code, StringComparer.Ordinal))
            ? string.Join(',', codes)
            : AddProblem($"{name} must be {(allowMultiple ? "one or more, separated by commas, " : "one ")}of {string.Join(", ", allowed)}; got '{value}'.", defaultValue);
    }

    public Uri? ReadUrl(string name) => ReadString(name) is not { } value ? null
        : Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url
        : AddProblem<Uri?>($"{name} must be an absolute http or https URL; got '{value}'.", null);

    /// <summary>Reads a URL to which paths are appended.</summary>
    public string? ReadBaseUrl(string name) => ReadUrl(name) is not { } url ? null
        : url is { Query: "", Fragment: "" } ? url.AbsoluteUri
        : AddProblem<string?>($"{name} must be a URL without query or fragment; got '{ReadString(name)}'.", null);

    public string? ReadGuid(string name) => ReadString(name) is not { } value || System.Guid.TryParse(value, out _)
        ? ReadString(name)
        : AddProblem<string?>($"{name} must be a GUID; got '{value}'.", null);

    public bool ReadBoolean(string name, bool defaultValue) => ReadString(name) is not { } value ? defaultValue
        : bool.TryParse(value, out var flag) ? flag
        : AddProblem($"{name} must be true or false; got '{value}'.", defaultValue);

    public int ReadInteger(string name, int defaultValue, int min, int max) => ReadString(name) is not { } value ? defaultValue
        : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max ? number
        : AddProblem($"{name} must be a whole number from {min} to {max}; got '{value}'.", defaultValue);

    private T AddProblem<T>(string problem, T defaultValue)
    {
        problems.Add(problem);
        return defaultValue;
    }
}
