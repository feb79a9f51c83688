using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using ODataEngine.Model;

namespace ServiceOffices.Web.Portal;

/// <summary>Builds HTML. Interpolated values are always encoded.</summary>
/// <param name="language">The language of interpolated <see cref="LocalizedString"/> values.</param>
public sealed class HtmlBuilder(Language language)
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder markup = new();

    public Language Language { get; } = language;

    /// <summary>Appends literal markup with encoded values, and a line break.</summary>
    public void AppendLine([InterpolatedStringHandlerArgument("")] ref EncodingInterpolatedStringHandler values)
    {
        _ = values;
        markup.Append('\n');
    }

    /// <summary>Appends markup that comes from the project's own texts, never from data.</summary>
    internal void AppendRaw(string html) => markup.Append(html);

    /// <summary>Returns the markup.</summary>
    public override string ToString() => markup.ToString();

    /// <summary>Appends literal parts unchanged and encodes the values, for element content and quoted attributes.</summary>
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

        /// <summary>Appends a text in the language of the page.</summary>
        public void AppendFormatted(LocalizedString text) => AppendFormatted(language.Localize(text));

        public void AppendFormatted(long value) => markup.Append(value);

        /// <summary>Appends the path of a page.</summary>
        public void AppendFormatted(PageUrl url) => AppendFormatted(url.ToString());

        /// <summary>Appends a date or time in an invariant format.</summary>
        public void AppendFormatted(IFormattable value, string format) => AppendFormatted(value.ToString(format, CultureInfo.InvariantCulture));

        /// <summary>Appends a coordinate or length of a drawing, rounded to one decimal.</summary>
        public void AppendFormatted(double value) => markup.Append(Math.Round(value, 1).ToString(CultureInfo.InvariantCulture));

        /// <summary>Appends a Boolean attribute, named by the format, if the value is true: <c>{isLast:hidden}</c>.</summary>
        public void AppendFormatted(bool value, string format)
        {
            if (value)
            {
                markup.Append(' ').Append(format).Append("=\"\"");
            }
        }
    }
}
