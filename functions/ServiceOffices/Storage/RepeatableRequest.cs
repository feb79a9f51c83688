using System.Globalization;

namespace ServiceOffices.Storage;

/// <summary>
/// A request whose client can repeat it with the same key (draft-ietf-httpapi-idempotency-key-header). It is stored with the change that it
/// made, in the same transaction, so that a repetition is recognized by every instance.
/// </summary>
/// <param name="Key">Hash of the key, the editor and the path, in hexadecimal digits.</param>
/// <param name="Fingerprint">Hash of the content and the query options, in hexadecimal digits.</param>
/// <param name="EventNumber">Number of the event that the request added; null if it added none.</param>
public sealed record RepeatableRequest(string Key, string Fingerprint, int? EventNumber = null)
{
    /// <summary>Formats the request as one stored value.</summary>
    internal string Format() => string.Create(CultureInfo.InvariantCulture, $"{Key} {Fingerprint} {EventNumber}");

    /// <summary>Parses a stored value; null if there is none.</summary>
    internal static RepeatableRequest? Parse(string? text) => text?.Split(' ') is [var key, var fingerprint, var number]
        ? new RepeatableRequest(key, fingerprint, int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var eventNumber) ? eventNumber : null)
        : null;
}
