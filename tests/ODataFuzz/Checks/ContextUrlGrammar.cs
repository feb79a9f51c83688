using ODataEngine.Model;

namespace ServiceOffices.ODataFuzz.Checks;

/// <summary>What a context URL says of a payload.</summary>
/// <param name="Owner">The type that declares the property of a <see cref="PayloadKind.Property"/>.</param>
internal sealed record PayloadShape(PayloadKind Kind, StructuredType? Owner = null, string? Property = null);

internal enum PayloadKind
{
    ServiceDocument,
    References,
    Reference,
    Entities,
    Entity,
    Changes,
    Property,

    /// <summary>Entities of any type, of no declared set, or values without a property.</summary>
    Other,
}

/// <summary>
/// Recognizes the fragment of a context URL (OData ABNF 4.01, <c>contextFragment</c>; in 4.0 a <c>selectList</c> is never empty), with
/// the names of a model and those that the query computes. Each must stand where the rules allow its kind.
/// </summary>
internal sealed class ContextUrlGrammar(EntityModel model, IReadOnlyCollection<string> computed, bool isVersion401)
{
    private string text = "";
    private int at;

    /// <summary>Gets the shape of a payload; null if the fragment does not match the grammar.</summary>
    public PayloadShape? Recognize(string fragment)
    {
        // The rules apply after percent-decoding; in a URI only these characters stand for themselves (RFC 3986, 3.5).
        if (fragment.Any(c => !char.IsAsciiLetterOrDigit(c) && !"-._~!$&'()*+,;=:@/?%".Contains(c, StringComparison.Ordinal)))
        {
            return null;
        }

        text = Uri.UnescapeDataString(fragment);
        return text switch
        {
            "Collection($ref)" => new(PayloadKind.References),
            "$ref" => new(PayloadKind.Reference),
            "Collection(Edm.EntityType)" or "Collection(Edm.ComplexType)" => new(PayloadKind.Other),
            _ => OfSet() ?? OfType(),
        };
    }

    private PayloadShape? OfSet()
    {
        at = 0;
        if (Identifier() is not { } name || model.Find(name) is not { } set)
        {
            return null;
        }

        var type = set.Type;
        var afterName = at;
        if (Skip('/'))
        {
            if (Cast(type) is { } derived)
            {
                (type, afterName) = (derived, at);
            }

            at = afterName;
        }

        if (SkipSelectList(type) is not false && text[at..] is var end && end is "" or "/$entity" or "/$delta")
        {
            return new(end switch { "" => PayloadKind.Entities, "/$entity" => PayloadKind.Entity, _ => PayloadKind.Changes });
        }

        at = afterName;
        if (text[at..] is "/$deletedEntity" or "/$link" or "/$deletedLink")
        {
            return new(PayloadKind.Other);
        }

        return SkipKey() && Skip('/') && ContextPropertyPath(type) is { } shape && SkipSelectList(shape.Owner!.Find(shape.Property!)!.ElementType as StructuredType) is not false && at == text.Length
            ? shape
            : null;
    }

    private PayloadShape? OfType()
    {
        at = 0;
        var isCollection = text.StartsWith("Collection(", StringComparison.Ordinal);
        at = isCollection ? "Collection(".Length : 0;
        if (QualifiedName() is not { } name)
        {
            return null;
        }

        var type = StructuredTypes().FirstOrDefault(candidate => candidate.FullName == name);
        var isKnown = type is not null || (name.StartsWith("Edm.", StringComparison.Ordinal) && Enum.TryParse<PrimitiveKind>(name[4..], out _)) || name == SampleModel.State.FullName;
        return isKnown && (!isCollection || Skip(')')) && SkipSelectList(type) is not false && at == text.Length ? new(PayloadKind.Other) : null;
    }

    // contextPropertyPath
    private PayloadShape? ContextPropertyPath(StructuredType type)
    {
        if (Identifier() is not { } name || type.Find(name) is not { IsNavigation: false } property)
        {
            return null;
        }

        if (property.Type is not StructuredType complex || !Skip('/'))
        {
            return new(PayloadKind.Property, type, name);
        }

        var before = at;
        if (Cast(complex) is { } derived && Skip('/'))
        {
            return ContextPropertyPath(derived);
        }

        at = before;
        return ContextPropertyPath(complex);
    }

    /// <summary>Skips <c>[ selectList ]</c>: null if there is none, false if it is invalid.</summary>
    /// <param name="type">Null if the list belongs to a value of unknown type.</param>
    private bool? SkipSelectList(StructuredType? type)
    {
        if (!Skip('('))
        {
            return null;
        }

        if (Skip(')'))
        {
            return isVersion401;
        }

        do
        {
            if (!SkipSelectListItem(type))
            {
                return false;
            }
        }
        while (Skip(','));
        return Skip(')');
    }

    private bool SkipSelectListItem(StructuredType? type)
    {
        if (Skip('*'))
        {
            return true;
        }

        var before = at;
        if (type is not null && Cast(type) is { } derived && Skip('/'))
        {
            return SkipSelectListProperty(derived);
        }

        at = before;
        return SkipSelectListProperty(type);
    }

    // selectListProperty
    private bool SkipSelectListProperty(StructuredType? type)
    {
        if (Identifier() is not { } name)
        {
            return false;
        }

        if (type?.Find(name) is not { } property)
        {
            // A computed value, or entities or complex values under a computed name.
            return (type is null || computed.Contains(name)) && SkipSelectList(null) is not false;
        }

        if (property.IsNavigation)
        {
            Skip('+');
            return SkipSelectList((StructuredType)property.ElementType) is not false;
        }

        if (property.ElementType is not StructuredType complex || !Skip('/'))
        {
            return true;
        }

        var before = at;
        if (Cast(complex) is { } derived)
        {
            return !Skip('/') || SkipSelectListProperty(derived);
        }

        at = before;
        return SkipSelectListProperty(complex);
    }

    private StructuredType? Cast(StructuredType type) =>
        QualifiedName() is { } name && name.Contains('.', StringComparison.Ordinal) ? StructuredTypes().FirstOrDefault(other => other.FullName == name && other.IsOrDerivesFrom(type)) : null;

    // keyPredicate
    private bool SkipKey()
    {
        if (!Skip('('))
        {
            return false;
        }

        var isQuoted = false;
        for (var start = at; at < text.Length; at++)
        {
            isQuoted ^= text[at] == '\'';
            if (text[at] == ')' && !isQuoted)
            {
                at++;
                return at - start > 1;
            }
        }

        return false;
    }

    private string? QualifiedName()
    {
        var start = at;
        while (Identifier() is not null)
        {
            if (!Skip('.'))
            {
                return text[start..at];
            }
        }

        return null;
    }

    // odataIdentifier
    private string? Identifier()
    {
        var start = at;
        while (at < text.Length && (text[at] == '_' || (at > start ? char.IsLetterOrDigit(text[at]) || char.GetUnicodeCategory(text[at]) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark : char.IsLetter(text[at]))))
        {
            at++;
        }

        return at > start ? text[start..at] : null;
    }

    private bool Skip(char expected)
    {
        var isNext = at < text.Length && text[at] == expected;
        at += isNext ? 1 : 0;
        return isNext;
    }

    private HashSet<StructuredType> StructuredTypes()
    {
        var seen = new HashSet<StructuredType>();
        var pending = new Stack<StructuredType>(model.Sets.Select(set => set.Type));
        while (pending.TryPop(out var type))
        {
            if (seen.Add(type))
            {
                foreach (var next in type.AllProperties.Select(property => property.ElementType).OfType<StructuredType>().Concat(type.DerivedTypes))
                {
                    pending.Push(next);
                }
            }
        }

        return seen;
    }
}
