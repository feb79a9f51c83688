using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using ODataEngine.Model;

namespace ServiceOffices.Web.Portal;

/// <summary>Markup in the making: what stands in the braces of an added string is always encoded.</summary>
/// <param name="language">The language in which texts in the braces are written.</param>
public sealed class HtmlBuilder(Language language)
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder markup = new();

    public Language Language { get; } = language;

    /// <summary>Adds literal markup with encoded values in it, and ends the line.</summary>
    public void AppendLine([InterpolatedStringHandlerArgument("")] ref EncodingInterpolatedStringHandler values)
    {
        _ = values;
        markup.Append('\n');
    }

    /// <summary>Adds markup that was made of the project's own texts, never of data.</summary>
    internal void AppendRaw(string html) => markup.Append(html);

    /// <summary>Everything added so far.</summary>
    public override string ToString() => markup.ToString();

    /// <summary>Writes the literal parts as they are and encodes the values between them, for elements' text and quoted attributes.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct EncodingInterpolatedStringHandler
    {
        private readonly StringBuilder markup;
        private readonly Language language;

        public EncodingInterpolatedStringHandler(int literalLength, int formattedCount, HtmlBuilder html)
        {
            markup = html.markup;
            language = html.Language;
            markup.EnsureCapacity(markup.Length + literalLength + (formattedCount * 16));
        }

        public void AppendLiteral(string literal) => markup.Append(literal);

        public void AppendFormatted(string? value) => markup.Append(Encoder.Encode(value ?? ""));

        /// <summary>A text in the page's language.</summary>
        public void AppendFormatted(LocalizedString text) => AppendFormatted(language.Localize(text));

        public void AppendFormatted(long value) => markup.Append(value);

        /// <summary>A page's path.</summary>
        public void AppendFormatted(PageUrl url) => AppendFormatted(url.ToString());

        /// <summary>A date or time by an invariant format.</summary>
        public void AppendFormatted(IFormattable value, string format) => AppendFormatted(value.ToString(format, CultureInfo.InvariantCulture));

        /// <summary>A length or place in a picture, to a tenth of its unit.</summary>
        public void AppendFormatted(double value) => markup.Append(Math.Round(value, 1).ToString(CultureInfo.InvariantCulture));

        /// <summary>An attribute (the format) that says something by being there: <c>{isLast:hidden}</c>.</summary>
        public void AppendFormatted(bool value, string format)
        {
            if (value)
            {
                markup.Append(' ').Append(format).Append("=\"\"");
            }
        }
    }
}
