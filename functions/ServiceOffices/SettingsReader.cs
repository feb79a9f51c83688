using System.Globalization;
using System.Net.Mail;
using Microsoft.Extensions.Configuration;
using ServiceOffices.Tables;

namespace ServiceOffices;

/// <summary>Reads settings one at a time, and gathers what is wrong with them instead of stopping at the first.</summary>
internal sealed class SettingsReader(IConfiguration configuration)
{
    private readonly HashSet<string> known = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> problems = [];

    /// <summary>What is wrong with what was read so far; the value in its place is the one that stands where nothing is stated.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <summary>What is stated beside the settings that were read, in their sections: misspelt, it would leave the default in force, and nobody would see it.</summary>
    public IEnumerable<string> Unknown()
    {
        var sections = known.Where(name => name.Contains(':', StringComparison.Ordinal))
            .Select(name => name[..(name.IndexOf(':', StringComparison.Ordinal) + 1)])
            .ToHashSet(StringComparer.Ordinal);
        return
            from stated in configuration.AsEnumerable()
            where !string.IsNullOrEmpty(stated.Value) && !known.Contains(stated.Key)
                && sections.Any(section => stated.Key.StartsWith(section, StringComparison.OrdinalIgnoreCase))
            select $"{stated.Key} is no setting: docs/settings.md names them all.";
    }

    public string? Text(string name)
    {
        known.Add(name);
        return configuration[name] is { Length: > 0 } text ? text : null;
    }

    /// <summary>One line: documents in XML cannot hold control characters.</summary>
    public string? Line(string name) => Text(name) is { } text && text.Any(char.IsControl)
        ? Wrong<string?>($"{name} must be one line without control characters.", null)
        : Text(name);

    /// <summary>A line in English and in Swedish, a setting each.</summary>
    public Text Texts(string name, Text otherwise) => new(Line(name + "En") ?? otherwise.En, Line(name + "Sv") ?? otherwise.Sv);

    public string? Email(string name) => Line(name) is not { } text ? null
        : MailAddress.TryCreate(text, out var address) && address.Address == text ? text
        : Wrong<string?>($"{name} must be an e-mail address such as data@example.se; got '{text}'.", null);

    /// <summary>A code of those allowed or, where <paramref name="several"/>, some with commas between.</summary>
    public string Codes(string name, string otherwise, IReadOnlyList<string> allowed, bool several = false)
    {
        if (Text(name) is not { } text)
        {
            return otherwise;
        }

        var codes = several ? text.Split(',', StringSplitOptions.TrimEntries) : [text];
        return codes.All(code => allowed.Contains(code, StringComparer.Ordinal))
            ? string.Join(',', codes)
            : Wrong($"{name} must be {(several ? "some, separated by commas, " : "one ")}of {string.Join(", ", allowed)}; got '{text}'.", otherwise);
    }

    public Uri? Url(string name) => Text(name) is not { } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url
        : Wrong<Uri?>($"{name} must be an absolute http or https URL; got '{text}'.", null);

    /// <summary>A URL that others are made from.</summary>
    public string? Address(string name) => Url(name) is not { } url ? null
        : url is { Query: "", Fragment: "" } ? url.AbsoluteUri
        : Wrong<string?>($"{name} must be an address without query or fragment; got '{Text(name)}'.", null);

    public string? Guid(string name) => Text(name) is not { } text || System.Guid.TryParse(text, out _)
        ? Text(name)
        : Wrong<string?>($"{name} must be a GUID; got '{text}'.", null);

    public bool Flag(string name, bool otherwise) => Text(name) is not { } text ? otherwise
        : bool.TryParse(text, out var flag) ? flag
        : Wrong($"{name} must be true or false; got '{text}'.", otherwise);

    public int Number(string name, int otherwise, int least, int most) => Text(name) is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : Wrong($"{name} must be a whole number from {least} to {most}; got '{text}'.", otherwise);

    private T Wrong<T>(string problem, T otherwise)
    {
        problems.Add(problem);
        return otherwise;
    }
}
