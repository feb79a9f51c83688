using ODataEngine.Model;

namespace ODataEngine.Parsing.QueryTree;

// The nodes are one closed family, read together: they share this file.

/// <summary>
/// An expression of OData's URL conventions (4.01 Part 2, 5.1.1), its names resolved on the model and every
/// operand's type known.
/// </summary>
/// <param name="Type">The value's type; null for the literal null, which has none of its own.</param>
public abstract record Expression(DataType? Type)
{
    public bool IsNumeric => Type is PrimitiveType { IsNumeric: true };

    public bool Is(PrimitiveKind kind) => Type is PrimitiveType primitive && primitive.Kind == kind;
}

/// <summary>A constant. The value has the CLR type of its kind (see <see cref="PrimitiveType.Get(System.Type)"/>), a <see cref="Geometry"/> for lines and polygons, an int for an enumeration.</summary>
public sealed record Literal(object? Value, DataType? Type) : Expression(Type);

/// <summary>A list of expressions in brackets or parentheses.</summary>
public sealed record ListExpression(IReadOnlyList<Expression> Items, CollectionType ListType) : Expression(ListType);

/// <summary>An object literal (JSON in an alias), compared property by property with a complex value.</summary>
public sealed record ObjectExpression(IReadOnlyList<(Property Property, Expression Value)> Members, StructuredType ObjectType) : Expression(ObjectType);

/// <summary>A row or an item that the expression is about: slot 0 is <c>$it</c>, inner lambda variables and <c>$this</c> count up.</summary>
public sealed record Variable(int Slot, string Name, DataType VariableType) : Expression(VariableType);

/// <summary>All entities of a set, by <c>$root</c>.</summary>
public sealed record RootEntitySet(EntitySet EntitySet) : Expression(new CollectionType(EntitySet.Type));

/// <summary>One entity of a collection by its key, the parts in key order.</summary>
public sealed record KeyAccess(Expression Collection, IReadOnlyList<Expression> Key, StructuredType EntityType) : Expression(EntityType);

/// <summary>One item of an ordered collection by its place; a negative place counts from the end (4.01 Part 2, 4.9).</summary>
public sealed record ItemAccess(Expression Collection, long Index, DataType ItemType) : Expression(ItemType);

/// <summary>A property of a structured value: primitive, complex, collection or navigation.</summary>
public sealed record PropertyAccess(Expression Source, Property Property) : Expression(Property.Type);

/// <summary>A property that <c>$compute</c> defines for the rows of slot <paramref name="Slot"/>.</summary>
public sealed record ComputedAccess(int Slot, ComputedProperty Property) : Expression(Property.Expression.Type);

public sealed record UnaryExpression(UnaryOperator Operator, Expression Operand, DataType? ResultType) : Expression(ResultType);

/// <summary>Both operands of an arithmetic or comparison operator have been brought to one type where they are primitive.</summary>
public sealed record BinaryExpression(BinaryOperator Operator, Expression Left, Expression Right, DataType? ResultType) : Expression(ResultType);

/// <summary>Whether the operand equals an item of the list (4.01 Part 2, 5.1.1.1.12).</summary>
public sealed record InExpression(Expression Operand, Expression List) : Expression(PrimitiveType.Boolean);

/// <summary>A canonical function (4.01 Part 2, 5.1.1.4 to 5.1.1.11) over arguments of checked types.</summary>
public sealed record FunctionCall(CanonicalFunction Function, IReadOnlyList<Expression> Arguments, DataType? ResultType) : Expression(ResultType);

/// <summary>
/// A conversion, asked for by <c>cast</c> or a type-cast segment, or implied by numeric promotion. What cannot be
/// converted is null; a collection of structured values keeps the items that are of the type.
/// </summary>
public sealed record CastExpression(Expression Operand, DataType Target) : Expression(Target);

public sealed record IsOfExpression(Expression Operand, DataType Target) : Expression(PrimitiveType.Boolean);

/// <summary>The value of the first branch whose condition is true; null where none is.</summary>
public sealed record CaseExpression(IReadOnlyList<(Expression Condition, Expression Value)> Branches, DataType? ResultType) : Expression(ResultType);

/// <summary><c>any</c> or <c>all</c>; <c>any()</c> has neither variable nor predicate.</summary>
public sealed record LambdaExpression(bool IsAll, Expression Collection, Variable? Variable, Expression? Predicate) : Expression(PrimitiveType.Boolean);

/// <summary>The number of items of a collection that a filter and a search keep.</summary>
/// <param name="Variable">What the filter calls the item; null where there is no filter.</param>
public sealed record CountExpression(Expression Collection, Variable? Variable, Expression? Filter, SearchExpression? Search) : Expression(PrimitiveType.Int64);

/// <summary>The items of a collection that a filter keeps, by the path segment <c>/$filter(...)</c>.</summary>
public sealed record CollectionFilter(Expression Collection, Variable Variable, Expression Filter) : Expression(Collection.Type);

/// <summary>
/// The items of all the collections (or single related entities) that <paramref name="Inner"/> leads to from the
/// items of a collection, one after the other: <c>sales/product</c> in an aggregate.
/// </summary>
public sealed record CollectionFlattening(Expression Collection, Variable Item, Expression Inner, CollectionType ListType) : Expression(ListType);
