using System.Globalization;

namespace ServiceOffices.OData;

/// <summary>One range of an Accept field (RFC 9110, 12.5.1).</summary>
/// <param name="Type">Lower case, such as <c>application/json</c> or <c>*/*</c>.</param>
/// <param name="Parameters">Names in lower case; <c>q</c> is not among them.</param>
/// <param name="Quality">0 to 1; 0 means not acceptable.</param>
internal sealed record MediaRange(string Type, IReadOnlyList<(string Name, string Value)> Parameters, decimal Quality)
{
    /// <summary>The ranges of a field in their order; what is no range is passed over.</summary>
    public static IEnumerable<MediaRange> Parse(string headerValue)
    {
        foreach (var item in headerValue.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = item.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length == 0)
            {
                continue;
            }

            var parameters = new List<(string Name, string Value)>();
            var quality = 1m;
            foreach (var part in parts.AsSpan(1))
            {
                var separatorIndex = part.IndexOf('=', StringComparison.Ordinal);
                var name = (separatorIndex < 0 ? part : part[..separatorIndex]).Trim().ToLowerInvariant();
                var value = separatorIndex < 0 ? "" : part[(separatorIndex + 1)..].Trim().Trim('"');
                if (name == "q")
                {
                    quality = decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var q) ? q : 0;
                    continue;
                }

                parameters.Add((name, value));
            }

            yield return new MediaRange(parts[0].ToLowerInvariant(), parameters, quality);
        }
    }
}
