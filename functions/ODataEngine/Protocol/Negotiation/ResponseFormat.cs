using System.Collections.Immutable;
using System.Globalization;
using ODataEngine.Formats;
using ODataEngine.Model;

namespace ODataEngine.Protocol.Negotiation;

/// <summary>The format of a response, selected by <c>$format</c>, Accept and OData-MaxVersion.</summary>
/// <param name="IsVersion401">True for OData 4.01, which has no <c>odata.</c> prefix; false for 4.0.</param>
/// <param name="IsIeee754Compatible">True to write Int64 and Decimal as strings (OData JSON Format 4.01, 3.2).</param>
/// <param name="Charset">The requested charset, repeated in Content-Type; null if none was requested.</param>
public sealed record ResponseFormat(bool IsVersion401, MetadataLevel MetadataLevel, bool IsIeee754Compatible, string? Charset)
{
    private const string JsonType = "application/json";
    private const int MaxVersionLength = 8;

    private const string AllowedJson =
        "application/json with metadata=none|minimal|full, IEEE754Compatible=true|false, streaming=true|false or charset=utf-8";

    /// <summary>The prefix of control information: <c>@</c>, or <c>@odata.</c> in 4.0.</summary>
    public string ControlPrefix => IsVersion401 ? "@" : "@odata.";

    public string Version => IsVersion401 ? "4.01" : "4.0";

    /// <summary>The file format; null for JSON.</summary>
    public ExportFormat? FileFormat { get; init; }

    /// <summary>The language of the column titles of a file; null for property names.</summary>
    public Language? Language { get; init; }

    public string ContentType => FileFormat?.MediaType ??
        (IsVersion401 ? "application/json;metadata=" : "application/json;odata.metadata=")
        + MetadataLevel.ToString().ToLowerInvariant()
        + (IsIeee754Compatible ? ";IEEE754Compatible=true" : "")
        + (Charset is null ? "" : ";charset=" + Charset);

    /// <summary>Distinguishes the formats of one URL at one revision, for entity tags.</summary>
    public string VariantTag => FileFormat is not null ? FileFormat.Name + Language?.Tag : string.Create(CultureInfo.InvariantCulture, $"{(IsVersion401 ? 41 : 40)}{"nmf"[(int)MetadataLevel]}{(IsIeee754Compatible ? "s" : "")}");

    /// <summary>Negotiates the version of the response (OData 4.01 Part 1, 8.2.7).</summary>
    /// <returns>True for 4.01, false for 4.0.</returns>
    /// <exception cref="ODataRequestException">400: the client accepts no version from 4.0 on, or sends an unknown version.</exception>
    public static bool NegotiateVersion(in SelectingHeaders headers)
    {
        _ = ParseVersion("OData-Version", headers.Version, maxVersion: 4.01m);
        return ParseVersion("OData-MaxVersion", headers.MaxVersion, maxVersion: decimal.MaxValue) >= 4.01m;
    }

    private static decimal ParseVersion(string name, string? value, decimal maxVersion)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return 4;
        }

        // A version has few digits; a longer one would only make the response distinct for caches.
        return value.Length <= MaxVersionLength && decimal.TryParse(value.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var version) && version >= 4 && version <= maxVersion
            ? version
            : throw new ODataRequestException(400, ODataErrorCodes.UnsupportedVersion, $"{name} must be 4.0 or 4.01; got '{ODataErrors.Truncate(value.Trim())}'.", name);
    }

    /// <summary>Negotiates the format of the response: JSON or, if the resource has rows, a file format.</summary>
    /// <param name="formatOption">The value of <c>$format</c>, which overrides Accept; null if absent.</param>
    /// <param name="files">The file formats that this resource supports.</param>
    /// <exception cref="ODataRequestException">406: no acceptable format is supported.</exception>
    public static ResponseFormat Negotiate(bool isVersion401, string? formatOption, string? accept, IReadOnlyList<ExportFormat> files)
    {
        if (files.FirstOrDefault(file => file.Name.Equals(formatOption, StringComparison.OrdinalIgnoreCase)) is { } namedFormat)
        {
            return new ResponseFormat(isVersion401, MetadataLevel.Minimal, false, null) { FileFormat = namedFormat };
        }

        var requested = formatOption is null ? accept : formatOption == "json" ? "application/json" : formatOption;
        if (string.IsNullOrWhiteSpace(requested))
        {
            return new ResponseFormat(isVersion401, MetadataLevel.Minimal, false, null);
        }

        ResponseFormat? best = null;
        var bestQuality = 0m;
        var ranges = MediaRange.Parse(requested);
        foreach (var range in ranges)
        {
            if (range.Quality > bestQuality
                && (TryCreateJson(isVersion401, range) ?? TryCreateFile(isVersion401, range, files)) is { } format
                && !IsExcluded(ranges, range, format.FileFormat is null ? JsonType : format.FileFormat.MediaType.Split(';')[0]))
            {
                (best, bestQuality) = (format, range.Quality);
            }
        }

        var allowed = files.Count == 0 ? AllowedJson : $"{AllowedJson}; or, for files, {string.Join(", ", files.Select(file => file.Name))}";
        return best ?? throw new ODataRequestException(406, ODataErrorCodes.NotAcceptable,
            $"The response format can be {allowed}; got '{ODataErrors.Truncate(requested)}'.", formatOption is null ? "Accept" : "$format");
    }

    // RFC 9110, 12.5.1 and 12.4.2: the most specific range decides, and a quality of 0 means not acceptable.
    private static bool IsExcluded(ImmutableArray<MediaRange> ranges, MediaRange selected, string mediaType)
    {
        foreach (var range in ranges)
        {
            if (range is { Quality: 0, Parameters.Count: 0 } && range.GetSpecificity(mediaType) > selected.GetSpecificity(mediaType))
            {
                return true;
            }
        }

        return false;
    }

    private static ResponseFormat? TryCreateFile(bool isVersion401, MediaRange range, IReadOnlyList<ExportFormat> files)
    {
        if (range.Parameters.Any(parameter => parameter.Name == "charset" && parameter.Value.ToLowerInvariant() is not ("utf-8" or "utf8")))
        {
            return null;
        }

        return files.FirstOrDefault(file => file.MediaType.Split(';')[0] is var type && (type == range.Type || (range.Type == "text/*" && type.StartsWith("text/", StringComparison.Ordinal)))) is { } fileFormat
            ? new ResponseFormat(isVersion401, MetadataLevel.Minimal, false, null) { FileFormat = fileFormat }
            : null;
    }

    private static ResponseFormat? TryCreateJson(bool isVersion401, MediaRange range)
    {
        if (range.Type is not ("application/json" or "application/*" or "*/*"))
        {
            return null;
        }

        var format = new ResponseFormat(isVersion401, MetadataLevel.Minimal, false, null);
        foreach (var (name, value) in range.Parameters)
        {
            switch (name.StartsWith("odata.", StringComparison.Ordinal) ? name[6..] : name, value.ToLowerInvariant())
            {
                case ("metadata", "none"): format = format with { MetadataLevel = MetadataLevel.None }; break;
                case ("metadata", "minimal"): format = format with { MetadataLevel = MetadataLevel.Minimal }; break;
                case ("metadata", "full"): format = format with { MetadataLevel = MetadataLevel.Full }; break;
                case ("ieee754compatible", "true"): format = format with { IsIeee754Compatible = true }; break;
                case ("ieee754compatible" or "streaming" or "exponentialdecimals", "true" or "false"): break;
                case ("charset", "utf-8" or "utf8"): format = format with { Charset = "utf-8" }; break;
                default: return null;
            }
        }

        return format;
    }
}

/// <summary>The amount of control information in a JSON payload (OData JSON Format 4.01, 3.1).</summary>
public enum MetadataLevel
{
    None,
    Minimal,
    Full,
}
