using System.Globalization;

namespace ServiceOffices.OData;

/// <summary>
/// What a client prefers (OData 4.01 Part 1, 8.2.8; RFC 7240). Preferences that are unknown or make no sense are
/// ignored, as the standard asks; those that were heeded are named in Preference-Applied.
/// </summary>
/// <param name="MaxPageSize">Entities of one page at most; null where not stated.</param>
/// <param name="OmitNulls">Whether null properties are left out.</param>
/// <param name="ContinueOnError">Whether a batch goes on after a failed request.</param>
/// <param name="TrackChanges">Whether a delta link is wanted.</param>
/// <param name="RespondAsync">Whether the answer may come later.</param>
internal sealed record Preferences(int? MaxPageSize, bool OmitNulls, bool? ContinueOnError, bool TrackChanges, bool RespondAsync)
{
    private readonly List<string> applied = [];
    private bool prefixed;

    public static Preferences Parse(string? prefer)
    {
        var found = new Preferences(null, false, null, false, false);
        foreach (var item in (prefer ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var text = item.Split(';')[0];
            var split = text.IndexOf('=', StringComparison.Ordinal);
            var name = (split < 0 ? text : text[..split]).Trim().ToLowerInvariant();
            var value = split < 0 ? "" : text[(split + 1)..].Trim().Trim('"');
            var isPrefixed = name.StartsWith("odata.", StringComparison.Ordinal);
            switch (isPrefixed ? name[6..] : name)
            {
                case "maxpagesize" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0:
                    found = found with { MaxPageSize = size, prefixed = isPrefixed };
                    break;
                case "omit-values" when value == "nulls":
                    found = found with { OmitNulls = true };
                    break;
                case "continue-on-error":
                    found = found with { ContinueOnError = value != "false" };
                    break;
                case "respond-async":
                    found = found with { RespondAsync = true };
                    break;
                case "track-changes":
                    found = found with { TrackChanges = true };
                    break;
            }
        }

        return found;
    }

    /// <summary>The value of Preference-Applied; null where nothing was.</summary>
    public string? Applied => applied.Count == 0 ? null : string.Join(", ", applied);

    public void ApplyPageSize(int size) =>
        applied.Add(string.Create(CultureInfo.InvariantCulture, $"{(prefixed ? "odata." : "")}maxpagesize={size}"));

    public void ApplyTrackChanges() => applied.Add("track-changes");

    public void ApplyOmitNulls() => applied.Add("omit-values=nulls");
}
