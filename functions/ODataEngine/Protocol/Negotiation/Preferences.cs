using System.Globalization;

namespace ODataEngine.Protocol.Negotiation;

/// <summary>
/// The preferences of a client and those that were applied (OData 4.01 Part 1, 8.2.8). Unknown and invalid preferences
/// are ignored, as RFC 7240, 2, requires.
/// </summary>
internal sealed class Preferences
{
    private const string Prefix = "odata.";

    private readonly List<string> applied = [];
    private string pageSizeName = "maxpagesize";

    /// <summary>The maximum number of entities of a page; null if not specified.</summary>
    public int? MaxPageSize { get; private set; }

    /// <summary>True to omit null properties.</summary>
    public bool OmitNulls { get; private set; }

    /// <summary>True to continue a batch after a failed request; null if not specified.</summary>
    public bool? ContinueOnError { get; private set; }

    /// <summary>True to return a delta link.</summary>
    public bool TrackChanges { get; private set; }

    /// <summary>True if the response may be asynchronous.</summary>
    public bool RespondAsync { get; private set; }

    /// <summary>The value of the Preference-Applied header; null if no preference was applied.</summary>
    public string? PreferenceApplied => applied.Count == 0 ? null : string.Join(", ", applied);

    /// <summary>Distinguishes the representations that preferences select, for entity tags; empty if none does.</summary>
    /// <param name="serverPageSize">The page size without a preference; a larger preference has no effect.</param>
    public string GetVariantTag(int serverPageSize)
    {
        var pageSize = MaxPageSize < serverPageSize ? MaxPageSize : null;
        return pageSize is null && !OmitNulls && !TrackChanges
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $".{pageSize}{(OmitNulls ? "o" : "")}{(TrackChanges ? "t" : "")}");
    }

    public static Preferences Parse(string? headerValue)
    {
        var preferences = new Preferences();
        if (string.IsNullOrWhiteSpace(headerValue))
        {
            return preferences;
        }

        // RFC 7240, 2: of a preference that is stated more than once, the first counts.
        var stated = new List<(string Name, string Value)>();
        foreach (var item in SplitOutsideQuotes(headerValue, ','))
        {
            var preference = SplitOutsideQuotes(item, ';')[0];
            var separatorIndex = preference.IndexOf('=', StringComparison.Ordinal);
            var name = (separatorIndex < 0 ? preference : preference[..separatorIndex]).Trim().ToLowerInvariant();
            if (name.Length > 0 && !stated.Exists(other => other.Name == name))
            {
                stated.Add((name, separatorIndex < 0 ? "" : preference[(separatorIndex + 1)..].Trim().Trim('"')));
            }
        }

        foreach (var (name, value) in stated)
        {
            // OData 4.01 Part 1, 8.2.8: a preference without the prefix takes precedence over the same one with it.
            if (!name.StartsWith(Prefix, StringComparison.Ordinal) || !stated.Exists(other => other.Name == name[Prefix.Length..]))
            {
                preferences.SetPreference(name, value);
            }
        }

        return preferences;
    }

    // RFC 7240, 2: the value of a preference can be a quoted string, which can contain separators.
    private static List<string> SplitOutsideQuotes(string text, char separator)
    {
        var parts = new List<string>();
        var (start, isQuoted) = (0, false);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && isQuoted)
            {
                i++;
            }
            else if (text[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (text[i] == separator && !isQuoted)
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }

    public void MarkPageSizeApplied(int size) => applied.Add(string.Create(CultureInfo.InvariantCulture, $"{pageSizeName}={size}"));

    public void MarkTrackChangesApplied() => applied.Add("track-changes");

    public void MarkOmitNullsApplied() => applied.Add("omit-values=nulls");

    private void SetPreference(string name, string value)
    {
        switch (name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name)
        {
            case "maxpagesize" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0:
                (MaxPageSize, pageSizeName) = (size, name);
                break;
            case "omit-values" when value == "nulls":
                OmitNulls = true;
                break;
            case "continue-on-error":
                ContinueOnError = value != "false";
                break;
            case "track-changes":
                TrackChanges = true;
                break;
            case "respond-async":
                RespondAsync = true;
                break;
        }
    }
}
