# Asks for the camera when its button is pressed, and stays when it is refused.
.class public Lorg/apprights/proof/clean/Main;
.super Lorg/apprights/proof/Screen;

.method public constructor <init>()V
    .locals 0
    invoke-direct {p0}, Lorg/apprights/proof/Screen;-><init>()V
    return-void
.end method

.method protected onCreate(Landroid/os/Bundle;)V
    .locals 3
    invoke-super {p0, p1}, Landroid/app/Activity;->onCreate(Landroid/os/Bundle;)V
    const-string v0, "\u626b\u4e00\u626b\u7528\u76f8\u673a\u8bc6\u522b\u4e8c\u7ef4\u7801"
    const-string v1, "\u626b\u4e00\u626b"
    invoke-virtual {p0, v0, v1}, Lorg/apprights/proof/Screen;->page(Ljava/lang/String;Ljava/lang/String;)Landroid/view/View;
    move-result-object v0
    invoke-virtual {p0, v0}, Landroid/app/Activity;->setContentView(Landroid/view/View;)V
    const/4 v1, 0x0
    invoke-virtual {p0, v1}, Landroid/app/Activity;->getPreferences(I)Landroid/content/SharedPreferences;
    move-result-object v0
    const-string v2, "told"
    invoke-interface {v0, v2, v1}, Landroid/content/SharedPreferences;->getBoolean(Ljava/lang/String;Z)Z
    move-result v1
    if-nez v1, :told
    invoke-interface {v0}, Landroid/content/SharedPreferences;->edit()Landroid/content/SharedPreferences$Editor;
    move-result-object v0
    const/4 v1, 0x1
    invoke-interface {v0, v2, v1}, Landroid/content/SharedPreferences$Editor;->putBoolean(Ljava/lang/String;Z)Landroid/content/SharedPreferences$Editor;
    invoke-interface {v0}, Landroid/content/SharedPreferences$Editor;->apply()V
    invoke-direct {p0}, Lorg/apprights/proof/clean/Main;->tell()V
    :told
    return-void
.end method

.method public onClick(Landroid/view/View;)V
    .locals 1
    const-string v0, "android.permission.CAMERA"
    invoke-virtual {p0, v0}, Lorg/apprights/proof/Screen;->ask(Ljava/lang/String;)V
    return-void
.end method

.method public onRequestPermissionsResult(I[Ljava/lang/String;[I)V
    .locals 3
    invoke-super {p0, p1, p2, p3}, Landroid/app/Activity;->onRequestPermissionsResult(I[Ljava/lang/String;[I)V
    array-length v0, p3
    if-eqz v0, :end
    const/4 v0, 0x0
    aget v0, p3, v0
    if-eqz v0, :end
    const-string v0, "\u672a\u83b7\u5f97\u76f8\u673a\u6743\u9650\uff0c\u53ef\u624b\u52a8\u8f93\u5165\u7f16\u53f7"
    invoke-virtual {p0, v0}, Lorg/apprights/proof/Screen;->say(Ljava/lang/String;)V
    :end
    return-void
.end method

# tell(): the privacy prompt of the first start, with both answers
.method private tell()V
    .locals 3
    new-instance v0, Landroid/app/AlertDialog$Builder;
    invoke-direct {v0, p0}, Landroid/app/AlertDialog$Builder;-><init>(Landroid/content/Context;)V
    const-string v1, "\u8bf7\u9605\u8bfb\u300a\u9690\u79c1\u653f\u7b56\u300b\uff1a\u672c\u5e94\u7528\u4ec5\u5728\u626b\u4e00\u626b\u65f6\u4f7f\u7528\u76f8\u673a\u8bc6\u522b\u4e8c\u7ef4\u7801\uff0c\u4e0d\u6536\u96c6\u5176\u4ed6\u4fe1\u606f"
    invoke-virtual {v0, v1}, Landroid/app/AlertDialog$Builder;->setMessage(Ljava/lang/CharSequence;)Landroid/app/AlertDialog$Builder;
    const/4 v2, 0x0
    const-string v1, "\u540c\u610f"
    invoke-virtual {v0, v1, v2}, Landroid/app/AlertDialog$Builder;->setPositiveButton(Ljava/lang/CharSequence;Landroid/content/DialogInterface$OnClickListener;)Landroid/app/AlertDialog$Builder;
    const-string v1, "\u4e0d\u540c\u610f"
    invoke-virtual {v0, v1, v2}, Landroid/app/AlertDialog$Builder;->setNegativeButton(Ljava/lang/CharSequence;Landroid/content/DialogInterface$OnClickListener;)Landroid/app/AlertDialog$Builder;
    invoke-virtual {v0, v2}, Landroid/app/AlertDialog$Builder;->setCancelable(Z)Landroid/app/AlertDialog$Builder;
    invoke-virtual {v0}, Landroid/app/AlertDialog$Builder;->show()Landroid/app/AlertDialog;
    return-void
.end method
