using System.Diagnostics.CodeAnalysis;
using ODataEngine.Model;
using ODataEngine.Parsing.Lexing;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Parsing.Expressions;

/// <summary>
/// The rules of comparable types (OData 4.01 Part 2, 5.1.1.1 and 5.1.1.18), and the conversion of operands to one type.
/// Constants are converted once, so that properties are compared as stored: 5 becomes a Decimal if compared with a Decimal
/// property, '2020-01-01' a Date if compared with a Date property. A Date compared with a DateTimeOffset is midnight in UTC.
/// </summary>
internal static class TypeRules
{
    public static Literal NullLiteral { get; } = new(null, null);

    /// <summary>Gets whether an expression is the constant null, which is compatible with every type.</summary>
    public static bool IsNull(Expression expression) => expression.Type is null && expression is not UntypedObjectExpression;

    public static bool IsBoolean(Expression expression) => IsNull(expression) || expression.Is(PrimitiveKind.Boolean);

    /// <summary>Gets whether values of a type have an order: for gt, ge, lt, le, min, max and $orderby.</summary>
    public static bool IsOrdered(DataType? type) => type switch
    {
        null or EnumType => true,
        PrimitiveType primitive => !primitive.IsGeography && primitive.Kind != PrimitiveKind.Binary,
        _ => false,
    };

    public static bool AreSame(DataType? first, DataType? second) =>
        ReferenceEquals(first, second) || (first is CollectionType a && second is CollectionType b && AreSame(a.Element, b.Element));

    /// <summary>Formats the type of an expression: <c>Edm.String</c>, <c>null</c> or <c>an object</c>.</summary>
    public static string DescribeType(Expression expression) => expression.Type?.DisplayName ?? (expression is UntypedObjectExpression ? "an object" : "null");

    /// <summary>Casts a structured value, or a collection of structured values, to a derived type.</summary>
    public static Expression ToDerivedType(Expression value, StructuredType target) => value.Type switch
    {
        CollectionType collection => ReferenceEquals(collection.Element, target) ? value : new CastExpression(value, new CollectionType(target)),
        var type => ReferenceEquals(type, target) ? value : new CastExpression(value, target),
    };

    /// <summary>Converts the operands of a comparison to one type; returns false if there is none.</summary>
    public static bool TryAlignTypes(ref Expression left, ref Expression right)
    {
        if (IsNull(left) || IsNull(right) || (left.Type is not null && AreSame(left.Type, right.Type)))
        {
            return true;
        }

        if (left.IsNumeric && right.IsNumeric)
        {
            AlignNumericTypes(ref left, ref right);
            return true;
        }

        if (left.Type is not null && TryConvert(right, left.Type, out var converted))
        {
            right = converted;
            return true;
        }

        if (right.Type is not null && TryConvert(left, right.Type, out converted))
        {
            left = converted;
            return true;
        }

        return false;
    }

    /// <summary>Converts the operand of <c>in</c> and the items of its list to one type; returns false if there is none.</summary>
    public static bool TryAlignListTypes(ref Expression operand, ref Expression list)
    {
        if (list.Type is not CollectionType { Element: var element })
        {
            return false;
        }

        if (IsNull(operand) || AreSame(operand.Type, element))
        {
            return true;
        }

        if (operand.Type is not null && TryConvert(list, new CollectionType(operand.Type), out var converted))
        {
            list = converted;
            return true;
        }

        if (operand.IsNumeric && list is ListExpression { Items: var items } && FindCommonType(operand.Type, items) is { } common
            && TryConvert(list, new CollectionType(common), out converted))
        {
            list = converted;
            operand = Promote(operand, common);
            return true;
        }

        if (TryConvert(operand, element, out converted))
        {
            operand = converted;
            return true;
        }

        return false;
    }

    /// <summary>Converts an expression without loss; returns false if that requires a <c>cast</c>.</summary>
    public static bool TryConvert(Expression expression, DataType target, [NotNullWhen(true)] out Expression? converted)
    {
        converted = expression;
        if (IsNull(expression) || (expression.Type is not null && AreSame(expression.Type, target)))
        {
            return true;
        }

        if (expression is Literal { Value: { } value } && ConvertConstant(value, target) is { } constant)
        {
            converted = new Literal(constant, target);
            return true;
        }

        switch (expression, target)
        {
            case (ListExpression list, CollectionType collection):
                return TryConvertItems(list, collection, out converted);
            case (UntypedObjectExpression literal, StructuredType structured):
                return TryConvertMembers(literal, structured, out converted);
        }

        if (!IsWidening(expression.Type, target))
        {
            converted = null;
            return false;
        }

        converted = new CastExpression(expression, target);
        return true;
    }

    private static bool TryConvertItems(ListExpression list, CollectionType target, out Expression? converted)
    {
        var items = new Expression[list.Items.Count];
        for (var i = 0; i < items.Length; i++)
        {
            if (!TryConvert(list.Items[i], target.Element, out var item))
            {
                converted = null;
                return false;
            }

            items[i] = item;
        }

        converted = new ListExpression(items, target);
        return true;
    }

    private static bool TryConvertMembers(UntypedObjectExpression literal, StructuredType target, out Expression? converted)
    {
        var members = new (Property, Expression)[literal.Members.Count];
        for (var i = 0; i < members.Length; i++)
        {
            var (name, value) = literal.Members[i];
            if (target.Find(name) is not { IsNavigation: false } property || !TryConvert(value, property.Type, out var member))
            {
                converted = null;
                return false;
            }

            members[i] = (property, member);
        }

        converted = new ObjectExpression(members, target);
        return true;
    }

    private static bool IsWidening(DataType? from, DataType to) => (from, to) switch
    {
        (PrimitiveType { IsNumeric: true } a, PrimitiveType { IsNumeric: true } b) => GetPromotionRank(a.Kind) < GetPromotionRank(b.Kind),
        (PrimitiveType { Kind: PrimitiveKind.Date }, PrimitiveType { Kind: PrimitiveKind.DateTimeOffset }) => true,
        (CollectionType a, CollectionType b) => IsWidening(a.Element, b.Element),
        _ => false,
    };

    private static object? ConvertConstant(object value, DataType target) => (value, target) switch
    {
        (string, PrimitiveType { IsNumeric: true } or PrimitiveType { Kind: PrimitiveKind.Boolean or PrimitiveKind.Binary }) => null,
        (string text, PrimitiveType or EnumType) => LiteralReader.TryRead(text, target, out var read) ? read : null,
        (DateOnly date, PrimitiveType { Kind: PrimitiveKind.DateTimeOffset }) => new DateTimeOffset(date.ToDateTime(default), TimeSpan.Zero),
        (_, PrimitiveType { IsNumeric: true } number) => NumericConversion.Convert(value, number.Kind),
        _ => null,
    };

    private static void AlignNumericTypes(ref Expression left, ref Expression right)
    {
        if (right is Literal { Value: { } value } && NumericConversion.Convert(value, GetKind(left)) is { } constant)
        {
            right = new Literal(constant, left.Type);
            return;
        }

        if (left is Literal { Value: { } leftValue } && NumericConversion.Convert(leftValue, GetKind(right)) is { } leftConstant)
        {
            left = new Literal(leftConstant, right.Type);
            return;
        }

        var common = PrimitiveType.Get(GetWiderKind(GetKind(left), GetKind(right)));
        left = Promote(left, common);
        right = Promote(right, common);
    }

    /// <summary>Converts a number to a numeric type that is at least as wide.</summary>
    public static Expression Promote(Expression expression, DataType target)
    {
        if (AreSame(expression.Type, target) || IsNull(expression))
        {
            return expression;
        }

        return expression is Literal { Value: { } value } && target is PrimitiveType { IsNumeric: true, Kind: var kind } && NumericConversion.Convert(value, kind) is { } constant
            ? new Literal(constant, target)
            : new CastExpression(expression, target);
    }

    /// <summary>Finds the type that all expressions except null can be promoted to, or null.</summary>
    public static DataType? FindCommonType(DataType? first, IEnumerable<Expression> others)
    {
        var common = first;
        foreach (var other in others)
        {
            if (IsNull(other) || AreSame(common, other.Type))
            {
                continue;
            }

            if (common is null)
            {
                common = other.Type;
            }
            else if (common is PrimitiveType { IsNumeric: true, Kind: var kind } && other.IsNumeric)
            {
                common = PrimitiveType.Get(GetWiderKind(kind, GetKind(other)));
            }
            else
            {
                return null;
            }
        }

        return common;
    }

    public static PrimitiveKind GetKind(Expression expression) => ((PrimitiveType)expression.Type!).Kind;

    /// <summary>Gets the wider of two numeric types.</summary>
    public static PrimitiveKind GetWiderKind(PrimitiveKind first, PrimitiveKind second) =>
        GetPromotionRank(first) == GetPromotionRank(second) ? first == second ? first : PrimitiveKind.Int16 : GetPromotionRank(first) > GetPromotionRank(second) ? first : second;

    // 4.01 Part 2, 5.1.1.18: Double, else Single, else Decimal, else Int64, else Int32, else Int16.
    public static int GetPromotionRank(PrimitiveKind kind) => kind switch
    {
        PrimitiveKind.Double => 6,
        PrimitiveKind.Single => 5,
        PrimitiveKind.Decimal => 4,
        PrimitiveKind.Int64 => 3,
        PrimitiveKind.Int32 => 2,
        PrimitiveKind.Int16 => 1,
        _ => 0,
    };
}
