using System.Globalization;

namespace ServiceOffices.OData;

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

    /// <summary>Whether a batch goes on after a failed request.</summary>
    public bool ContinueOnError { get; private set; }

    /// <summary>Whether a delta link is wanted.</summary>
    public bool TrackChanges { get; private set; }

    /// <summary>Whether the answer may come later.</summary>
    public bool RespondAsync { get; private set; }

    /// <summary>The value of Preference-Applied; null where nothing was.</summary>
    public string? Applied => applied.Count == 0 ? null : string.Join(", ", applied);

    public static Preferences Parse(string? prefer)
    {
        var preferences = new Preferences();
        foreach (var item in (prefer ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var text = item.Split(';')[0];
            var split = text.IndexOf('=', StringComparison.Ordinal);
            var name = (split < 0 ? text : text[..split]).Trim().ToLowerInvariant();
            preferences.Take(name, split < 0 ? "" : text[(split + 1)..].Trim().Trim('"'));
        }

        return preferences;
    }

    public void ApplyPageSize(int size) => applied.Add(string.Create(CultureInfo.InvariantCulture, $"{pageSizeName}={size}"));

    public void ApplyTrackChanges() => applied.Add("track-changes");

    public void ApplyOmitNulls() => applied.Add("omit-values=nulls");

    private void Take(string name, string value)
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
