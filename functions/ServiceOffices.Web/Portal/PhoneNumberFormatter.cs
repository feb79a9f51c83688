namespace ServiceOffices.Web.Portal;

/// <summary>Formats Swedish telephone numbers in the notation of the Swedish Post and Telecom Authority (PTS): <c>0771-17 80 00</c>.</summary>
internal static class PhoneNumberFormatter
{
    private const string CountryCode = "+46";
    private const int MinSubscriberDigits = 5;
    private const int MaxSubscriberDigits = 8;

    // Area codes and number series with three digits; 08 has two, all others have four.
    private static readonly string[] ThreeDigitCodes =
    [
        "010", "011", "013", "016", "018", "019", "020", "021", "023", "026", "031", "033", "035", "036", "040", "042", "044", "046", "054", "060", "063",
        "070", "072", "073", "076", "079", "090",
    ];

    /// <summary>Formats a number for readers; a number that is not Swedish, or too short or too long, is returned unchanged.</summary>
    /// <param name="number">Digits with an optional leading plus.</param>
    public static string Format(string number)
    {
        var national = number.StartsWith(CountryCode, StringComparison.Ordinal) ? "0" + number[CountryCode.Length..] : number;
        if (!IsNational(national))
        {
            return number;
        }

        var codeLength = national.StartsWith("08", StringComparison.Ordinal) ? 2 : ThreeDigitCodes.Contains(national[..3]) ? 3 : 4;
        var subscriber = national[codeLength..];
        return subscriber.Length is >= MinSubscriberDigits and <= MaxSubscriberDigits ? $"{national[..codeLength]}-{GroupDigits(subscriber)}" : number;
    }

    /// <summary>Gets the URL of a call (RFC 3966), for Swedish numbers in international format: <c>tel:+46771178000</c>.</summary>
    public static string GetUrl(string number) => "tel:" + (IsNational(number) ? CountryCode + number[1..] : Uri.EscapeDataString(number).Replace("%2B", "+", StringComparison.Ordinal));

    private static bool IsNational(string number) => number.Length > MinSubscriberDigits && number[0] == '0' && number[1] != '0' && number.All(char.IsAsciiDigit);

    // Groups of two digits from the end; the first group has three digits if the number of digits is odd, and eight digits are 3 + 3 + 2.
    private static string GroupDigits(string digits) => digits.Length switch
    {
        5 => $"{digits[..3]} {digits[3..]}",
        6 => $"{digits[..2]} {digits[2..4]} {digits[4..]}",
        7 => $"{digits[..3]} {digits[3..5]} {digits[5..]}",
        _ => $"{digits[..3]} {digits[3..6]} {digits[6..]}",
    };
}
