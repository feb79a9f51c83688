using System.Globalization;

namespace ODataEngine.Protocol.Negotiation;

/// <summary>
/// What a client prefers (OData 4.01 Part 1, 8.2.8; RFC 7240), and which of it was heeded. Preferences that are unknown
/// or make no sense are ignored, as the standard asks.
/// </summary>
internal sealed class Preferences
{
    private readonly List<string> applied = [];
    private string pageSizeName = "maxpagesize";

    /// <summary>Entities of one page at most; null where not stated.</summary>
    public int? MaxPageSize { get; private set; }

    /// <summary>Whether null properties are left out.</summary>
    public bool OmitNulls { get; private set; }

    /// <summary>Whether a batch continues after a failed request; null where not stated.</summary>
    public bool? ContinueOnError { get; private set; }

    /// <summary>Whether a delta link is wanted.</summary>
    public bool TrackChanges { get; private set; }

    /// <summary>Whether the answer may come later.</summary>
    public bool RespondAsync { get; private set; }

    /// <summary>The value of Preference-Applied; null where nothing was.</summary>
    public string? PreferenceApplied => applied.Count == 0 ? null : string.Join(", ", applied);

    /// <summary>Distinguishes the representations that preferences select, for entity tags; empty where none does.</summary>
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
        foreach (var item in (headerValue ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var preference = item.Split(';')[0];
            var separatorIndex = preference.IndexOf('=', StringComparison.Ordinal);
            var name = (separatorIndex < 0 ? preference : preference[..separatorIndex]).Trim().ToLowerInvariant();
            preferences.SetPreference(name, separatorIndex < 0 ? "" : preference[(separatorIndex + 1)..].Trim().Trim('"'));
        }

        return preferences;
    }

    public void MarkPageSizeApplied(int size) => applied.Add(string.Create(CultureInfo.InvariantCulture, $"{pageSizeName}={size}"));

    public void MarkTrackChangesApplied() => applied.Add("track-changes");

    public void MarkOmitNullsApplied() => applied.Add("omit-values=nulls");

    private void SetPreference(string name, string value)
    {
        switch (name.StartsWith("odata.", StringComparison.Ordinal) ? name[6..] : name)
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
